using Fpe.EndToEnd.Tests.Support;
using Fpe.Embedded.Tests.Support;
using Fpe.Quantization;
using Xunit.Abstractions;

namespace Fpe.Embedded.Tests;

/// <summary>The digits network on a Cortex-M: how much memory it takes, and what it computes.</summary>
public sealed class CortexMTests(ITestOutputHelper log)
{
    private const int Samples = 100;

    [CrossCompilerFact]
    public void The_digits_network_in_bytes_fits_into_2_KiB_of_flash_and_128_bytes_of_memory()
    {
        using var folder = new TemporaryFolder();
        CExport written = Digits.Bytes.ExportC(folder.Path, new CExportOptions { Name = "net" });
        CortexM.Compile("cortex-m3", ["net.c"], folder.Path);
        IReadOnlyList<(string File, string Section, long Bytes)> sections = CortexM.Sections(["net.o"], folder.Path);
        long code = Sum(".text"), tables = Sum(".rodata");
        // A program calls one function after the other.
        int stack = Math.Max(Stack("net_run", "run_hidden", "run_logits", "to_byte"), Stack("net_class"));
        log.WriteLine($"code {code}, tables {tables}, scratch {written.ScratchBytes}, stack {stack}");
        Assert.Equal(0, Sum(".data") + Sum(".bss"));
        Assert.InRange(code + tables, 1, 2048);
        Assert.InRange(written.ScratchBytes + stack, 1, 128);
        Assert.InRange(tables, 1, written.TableBytes);

        // The functions of a group can be in each other, so that they are on the stack at the same time.
        int Stack(params string[] functions) => CortexM.Stack(folder["net.su"]).Where(function => functions.Contains(function.Key)).Sum(function => function.Value);

        long Sum(string kind) => sections.Where(section => section.Section.StartsWith(kind, StringComparison.Ordinal)).Sum(section => section.Bytes);
    }

    [EmulatorTheory]
    [InlineData("cortex-m3")]
    [InlineData("cortex-m4")]
    public void The_digits_network_in_bytes_gives_the_bits_of_the_predictor(string core)
    {
        using var folder = new TemporaryFolder();
        Digits.Bytes.ExportC(folder.Path, new CExportOptions { Name = "net" });
        float[] samples = SamplesOfDigits();
        (float[] outputs, int[] classes, double instructions) = CortexM.Run(core, folder.Path, samples, 64, inBytes: true);
        log.WriteLine($"{instructions} instructions for a prediction");
        var expected = new float[Samples * 10];
        Digits.Bytes.PredictOutputs(samples, expected);
        Assert.Equal(expected.Select(BitConverter.SingleToUInt32Bits), outputs.Select(BitConverter.SingleToUInt32Bits));
        Assert.Equal(Digits.Bytes.PredictClasses(samples), classes);
    }

    [EmulatorTheory]
    [InlineData("cortex-m3")]
    public void The_digits_network_in_floating_point_gives_the_outputs_of_the_model(string core)
    {
        using var folder = new TemporaryFolder();
        Digits.Model.ExportC(folder.Path, new CExportOptions { Name = "net" });
        float[] samples = SamplesOfDigits();
        (float[] outputs, int[] classes, double instructions) = CortexM.Run(core, folder.Path, samples, 64, inBytes: false);
        log.WriteLine($"{instructions} instructions for a prediction");
        var expected = new float[Samples * 10];
        Digits.Model.PredictOutputs(samples, expected);
        Assert.Equal(expected.Length, outputs.Length);
        Assert.All(expected.Zip(outputs), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * Math.Max(1, Math.Abs(pair.First))));
        Assert.Equal(Digits.Model.PredictClasses(samples), classes);
    }

    private static float[] SamplesOfDigits() => [.. Enumerable.Range(0, Samples).SelectMany(s => Digits.Test.Sample(s).ToArray())];
}
