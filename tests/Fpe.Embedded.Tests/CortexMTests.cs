using Fpe.Compute;
using Fpe.Embedded.Tests.Support;
using Fpe.EndToEnd.Tests.Support;
using Fpe.Expansion;
using Fpe.Quantization;
using Fpe.Training;
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
        (long code, long tables, int stack) = Measure(folder.Path, written);
        log.WriteLine($"accuracy {AccuracyOf(Digits.Bytes.PredictClasses(SamplesOfDigits(Digits.Test.Count))):f1} %, in floating point {AccuracyOf(Digits.Model.PredictClasses(SamplesOfDigits(Digits.Test.Count))):f1} %");
        Measure(folder.Path, Digits.Model.ExportC(folder.Path, new CExportOptions { Name = "net" }));
        log.WriteLine($"bound {Digits.Model.Plan.BytesInC(NumberFormat.Int8).TablesBytes}");
        log.WriteLine($"{written}");
        Assert.InRange(code + tables, 1, 2048);
        Assert.InRange(written.ScratchBytes + stack, 1, 128);
        Assert.InRange(tables, 1, written.TableBytes);
    }

    /// <summary>Dense networks of the same width, or of the same accuracy, beside the expanded one.</summary>
    [CrossCompilerTheory]
    [InlineData("expanded", 4)]
    [InlineData("dense", 4)]
    [InlineData("dense", 5)]
    [InlineData("dense", 6)]
    [InlineData("dense", 8)]
    public void Digits_networks_beside_each_other(string kind, int hidden)
    {
        using var folder = new TemporaryFolder();
        var plan = new ModelPlan(
            "Digits", 64, [new LinearPlan("Hidden", 64, hidden, ActivationFunction.Relu) { Expansion = kind == "dense" ? ExpansionPlan.None : new ExpansionPlan(4) }, new LinearPlan("Logits", hidden, 10)]);
        var accuracies = new List<double>();
        foreach (long seed in new long[] { 1, 2, 3, 4, 5 })
        {
            using var model = new PlannedModel(plan, seed);
            new Trainer(Digits.Options).Fit(model, Digits.Train);
            using Predictor bytes = model.Quantize(Digits.Train);
            accuracies.Add(AccuracyOf(bytes.PredictClasses(SamplesOfDigits(Digits.Test.Count))));
            if (seed > 1)
                continue;
            Measure(folder.Path, model.ExportC(folder.Path, new CExportOptions { Name = "net" }));
            CExport written = bytes.ExportC(folder.Path, new CExportOptions { Name = "net" });
            (long code, long tables, _) = Measure(folder.Path, written);
            Assert.InRange(code + tables, written.Weights, 2048);
        }

        log.WriteLine($"{kind} {hidden}: median accuracy {accuracies.Order().ElementAt(2):f1} % of {string.Join(", ", accuracies.Select(accuracy => $"{accuracy:f1}"))}");
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

    private static double AccuracyOf(int[] classes) => 100.0 * classes.Zip(Digits.Test.Labels!).Count(pair => pair.First == pair.Second) / classes.Length;

    private static float[] SamplesOfDigits(int count = Samples) => [.. Enumerable.Range(0, count).SelectMany(s => Digits.Test.Sample(s).ToArray())];

    /// <summary>The bytes of code, of tables and of the deepest stack of files that are named <c>net</c>.</summary>
    private (long Code, long Tables, int Stack) Measure(string folder, CExport written)
    {
        CortexM.Compile("cortex-m3", ["net.c"], folder);
        IReadOnlyList<(string File, string Section, long Bytes)> sections = CortexM.Sections(["net.o"], folder);
        IReadOnlyDictionary<string, int> frames = CortexM.Stack(Path.Combine(folder, "net.su"));
        // Functions can be in the one that calls them, so each is counted with it. A program calls one public function after the other.
        int stack = Math.Max(Deepest("net_run", "run_hidden", "run_logits", "to_byte", "relu"), Deepest("net_class"));
        (long code, long tables) = (Sum(".text"), Sum(".rodata"));
        Assert.Equal(0, Sum(".data") + Sum(".bss"));
        log.WriteLine($"{written.Format}: code {code} + tables {tables} = {code + tables}, scratch {written.ScratchBytes} + stack {stack} = {written.ScratchBytes + stack}");
        return (code, tables, stack);

        // Those that the compiler made part of others have no frame, but what a program calls has.
        int Deepest(string called, params string[] functions) => frames[called] + frames.Where(function => functions.Contains(function.Key)).Sum(function => function.Value);

        long Sum(string kind) => sections.Where(section => section.Section.StartsWith(kind, StringComparison.Ordinal)).Sum(section => section.Bytes);
    }
}
