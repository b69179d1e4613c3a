using Fpe.Compute;
using Fpe.Counting;
using Fpe.Data;
using Fpe.Embedded.Tests.Support;
using Fpe.EndToEnd.Tests.Support;
using Fpe.Expansion;
using Fpe.Quantization;
using Fpe.Training;
using Xunit.Abstractions;

namespace Fpe.Embedded.Tests;

/// <summary>The bytes that follow from a plan are never less than those that are written, and than those that a compiler makes of it.</summary>
public sealed class ByteCountTests(ITestOutputHelper log)
{
    public static TheoryData<string, NumberFormat> Expanded
    {
        get
        {
            var rows = new TheoryData<string, NumberFormat>();
            foreach (string name in TestNetworks.InNumbers.Where(name => name != "dense parent"))
            {
                rows.Add(name, NumberFormat.Float);
                if (TestNetworks.InBytes.Contains(name))
                    rows.Add(name, NumberFormat.Int8);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Expanded))]
    public void What_is_written_takes_at_most_the_bytes_of_the_plan(string name, NumberFormat format)
    {
        using var folder = new TemporaryFolder();
        using PlannedModel model = TestNetworks.Of(name);
        CExport written = Write(model, format, folder.Path, "net");
        ByteCounts counts = model.Plan.BytesInC(format);
        log.WriteLine($"{counts.TablesBytes} {(counts.IsExact ? "exactly" : "at most")}: {written}");
        Assert.Equal(counts.ScratchBytes, written.ScratchBytes);
        // Only classes need the integers that compare sums of several rows.
        bool comparesSums = format == NumberFormat.Float || model.Plan.OutputCount == 1 || model.Meaning.Task is null or ModelTask.Classification;
        if (counts.IsExact && comparesSums)
            Assert.Equal(counts.TablesBytes, written.TableBytes);
        Assert.InRange(written.TableBytes, 1, counts.TablesBytes);
        foreach (CLayer layer in written.Layers)
            Assert.InRange(layer.TableBytes, 1, counts.Layers.Single(bound => bound.Name == layer.Name).Tables);
    }

    [Fact]
    public void Every_code_of_edges_is_written()
    {
        using var folder = new TemporaryFolder();
        var found = new HashSet<string>();
        foreach (string name in TestNetworks.InBytes)
        {
            using PlannedModel model = TestNetworks.Of(name);
            foreach (NumberFormat format in Enum.GetValues<NumberFormat>())
                found.UnionWith(Write(model, format, folder.Path, "net").Layers.Select(layer => layer.Description));
        }

        foreach (string code in new[] { "dense", "dense, with zeros", "dense blocks", "children of each neuron partition its columns", "a bit for each", "steps of 8 bits", "steps of 16 bits" })
            Assert.Contains(found, description => description.EndsWith(code, StringComparison.Ordinal) || description.Contains(code + " ", StringComparison.Ordinal));
    }

    [CrossCompilerFact]
    public void A_compiler_makes_at_most_as_many_bytes_of_the_tables()
    {
        using var folder = new TemporaryFolder();
        var bounds = new Dictionary<string, long>();
        foreach (string name in TestNetworks.InBytes.Where(name => name != "dense parent"))
        {
            using PlannedModel model = TestNetworks.Of(name);
            foreach (NumberFormat format in Enum.GetValues<NumberFormat>())
            {
                string file = $"net{bounds.Count}";
                Write(model, format, folder.Path, file);
                bounds.Add(file, model.Plan.BytesInC(format).TablesBytes);
            }
        }

        CortexM.Compile("cortex-m3", bounds.Keys.Select(file => $"{file}.c"), folder.Path);
        Dictionary<string, long> tables = CortexM.Sections(bounds.Keys.Select(file => $"{file}.o"), folder.Path)
            .Where(section => section.Section.StartsWith(".rodata", StringComparison.Ordinal) && !IsOfSamples(section.Section))
            .GroupBy(section => section.File, section => section.Bytes)
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file.Key), file => file.Sum());
        log.WriteLine($"{bounds.Count / 2} networks");
        // Tables of one number become part of the code.
        Assert.InRange(tables.Count, bounds.Count - 4, bounds.Count);
        Assert.All(tables, file => Assert.InRange(file.Value, 1, bounds[file.Key]));
    }

    [CrossCompilerTheory]
    [InlineData(4)]
    [InlineData(16)]
    public void FashionMnist_with_12704_learned_weights_fits_into_32_KiB(int factor)
    {
        // The structure of 784 → 16 · α → 10 with edges that are learned; what they are learned of does not change the sizes.
        using var folder = new TemporaryFolder();
        var plan = new ModelPlan(
            "FashionNet", 784, [new LinearPlan("Hidden", 784, 16, ActivationFunction.Relu) { Expansion = new ExpansionPlan(factor, Split.Learned) }, new LinearPlan("Logits", 16, 10)]);
        Assert.Equal(12_704, plan.ExpandedWeights);
        using var model = new PlannedModel(plan, seed: 1);
        var random = new Random(1);
        Dataset data = Dataset.OfClasses("noise", 784, [.. Enumerable.Range(0, 784 * 64).Select(_ => random.NextSingle())], [.. Enumerable.Range(0, 64).Select(s => s % 10)], 10);
        new Trainer(new TrainingOptions { Epochs = 5, BatchSize = 16, Optimizer = new Adam(1e-3) }).Fit(model, data);
        using Predictor bytes = model.Quantize(data);
        CExport written = bytes.ExportC(folder.Path, new CExportOptions { Name = "net" });
        CortexM.Compile("cortex-m3", ["net.c"], folder.Path);
        IReadOnlyList<(string File, string Section, long Bytes)> sections = CortexM.Sections(["net.o"], folder.Path);
        long Sum(string kind) => sections.Where(section => section.Section.StartsWith(kind, StringComparison.Ordinal)).Sum(section => section.Bytes);
        long flash = Sum(".text") + Sum(".rodata");
        log.WriteLine($"code {Sum(".text")} + tables {Sum(".rodata")} = {flash}; bound {plan.BytesInC(NumberFormat.Int8).TablesBytes}\n{written}");
        Assert.InRange(flash, 12_704, 32 * 1024);
    }

    // The names of classes and the standardisation are those of a trained model.
    private static bool IsOfSamples(string section) =>
        section.StartsWith(".rodata.sample_", StringComparison.Ordinal) || section.Contains("class_names", StringComparison.Ordinal) || section.Contains(".str", StringComparison.Ordinal);

    private static CExport Write(PlannedModel model, NumberFormat format, string folder, string name)
    {
        var options = new CExportOptions { Name = name };
        if (format == NumberFormat.Float)
            return model.ExportC(folder, options);
        using Predictor bytes = model.Quantize(TestNetworks.SamplesOf(model.Plan));
        return bytes.ExportC(folder, options);
    }
}
