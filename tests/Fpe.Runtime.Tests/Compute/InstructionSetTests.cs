using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Runtime.Tests.Compute;

/// <summary>
/// Runs the kernels' tests in a process of its own, in which the runtime uses only some of the processor's instructions: what it
/// then makes of the kernels is what runs on older processors and on others.
/// </summary>
public class InstructionSetTests
{
    /// <summary>Says something in the child processes only.</summary>
    [Fact]
    public void Switches_are_obeyed()
    {
        Check("EnableAVX512", Avx512F.IsSupported);
        Check("EnableAVX2", Avx2.IsSupported);
        Check("EnableAVX", Avx.IsSupported);
        Check("EnableHWIntrinsic", Vector128.IsHardwareAccelerated);

        static void Check(string set, bool isUsed) =>
            Assert.False(isUsed && Environment.GetEnvironmentVariable("DOTNET_" + set) == "0", set);
    }

    [Theory]
    [InlineData("EnableAVX512")]
    [InlineData("EnableAVX2")]
    [InlineData("EnableAVX")]
    [InlineData("EnableHWIntrinsic")]
    public async Task Kernels_agree_without(string set)
    {
        // without what the processor does not have, the child would repeat this process
        if (set == "EnableAVX512" && !Avx512F.IsSupported)
            return;
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList =
            {
                "vstest", typeof(InstructionSetTests).Assembly.Location,
                "--TestCaseFilter:FullyQualifiedName~EdgeKernelTests|FullyQualifiedName~ActivationKernelTests|FullyQualifiedName~PoolingKernelTests"
                + "|FullyQualifiedName~ConvolutionKernelTests.Every|FullyQualifiedName~ConvolutionKernelTests.Unusual|FullyQualifiedName~ConvolutionKernelTests.Values|FullyQualifiedName~ConvolutionKernelTests.Wide"
                + "|FullyQualifiedName~EdgeConvolutionKernelTests.Every|FullyQualifiedName~EdgeConvolutionKernelTests.Wide"
                + "|FullyQualifiedName~RecordedRunTests"
                + "|FullyQualifiedName~InstructionSetTests.Switches|FullyQualifiedName~LossKernelTests|FullyQualifiedName~GatherKernelTests|FullyQualifiedName~VectorKernelTests",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_" + set] = "0";
        using Process child = Process.Start(start)!;
        var errors = child.StandardError.ReadToEndAsync();
        string output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        Assert.True(child.ExitCode == 0, output + await errors);
        Assert.Contains("Passed:", output, StringComparison.Ordinal);
    }
}
