using Fpe.Cli;
using Fpe.Gpu;
using Samples.Digits;

return Study.Run(args, DigitsStudy.Definition with
{
    Devices = [StudyDevice.Cpu, new StudyDevice("gpu", number => GpuDevice.Open(number), IsNumbered: true)],
});
