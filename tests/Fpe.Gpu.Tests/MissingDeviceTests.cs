using Fpe.EndToEnd.Tests.Support;

namespace Fpe.Gpu.Tests;

/// <summary>What a program says if the system offers no device that it can use.</summary>
public class MissingDeviceTests
{
    [Fact]
    public void Without_a_driver_the_program_says_what_to_install_and_the_cpu_works()
    {
        // No OpenCL driver is registered, and CUDA hides its devices.
        var hidden = new Dictionary<string, string> { ["OCL_ICD_VENDORS"] = AppContext.BaseDirectory, ["CUDA_VISIBLE_DEVICES"] = "" };
        CommandResult none = Run(hidden, "gpu");
        Assert.Equal(["Digits: gpu: the system shows no GPU; install its maker's driver (with OpenCL, unless it is NVIDIA's), or choose cpu."], none.ErrorLines);
        Assert.Equal(2, none.ExitCode);
        CommandResult cpu = Run(hidden, "cpu");
        Assert.True(cpu.ExitCode == 0, cpu.ToString());
    }

    /// <summary>PoCL, which the tests run on without a GPU, can be told to be a small device.</summary>
    [PoclFact]
    public void A_device_with_small_groups_is_refused()
    {
        GpuInfo small = GpuDevice.All.First(gpu => gpu.IsProcessor);
        CommandResult refused = Run(new() { ["POCL_MAX_WORK_GROUP_SIZE"] = "128" }, small.Id);
        Assert.Equal([$"Digits: {small.Id}: {small.Name} runs 128 threads together, but kernels need 256; choose another device, or cpu."], refused.ErrorLines);
        Assert.Equal(2, refused.ExitCode);
    }

    private static CommandResult Run(Dictionary<string, string> environment, string device) => Command.Run(
        DotNet.Host,
        [Path.Combine(AppContext.BaseDirectory, "DigitsGpu.dll"), "--device", device, "--seeds", "1", "--epochs", "1", "--threads", "1", "--quiet"],
        environment);
}
