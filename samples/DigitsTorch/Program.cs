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

// Runs are trained in parallel (--threads), so each of them needs only one thread.
static TorchDevice OneThreadEach()
{
    TorchDevice device = TorchDevice.Cpu();
    torch.set_num_threads(1);
    return device;
}
