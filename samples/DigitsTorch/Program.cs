using Fpe.Cli;
using Fpe.Torch;
using Samples.Digits;
using TorchSharp;

return Study.Run(args, DigitsStudy.Definition with
{
    Devices =
    [
        StudyDevice.Cpu,
        new StudyDevice("torch-cpu", _ => OneThreadEach()),
        new StudyDevice("torch-cuda", number => TorchDevice.Cuda(number), IsNumbered: true),
    ],
});

// Runs are trained side by side (--threads), so none of them needs more than one thread for itself.
static TorchDevice OneThreadEach()
{
    TorchDevice device = TorchDevice.Cpu();
    torch.set_num_threads(1);
    return device;
}
