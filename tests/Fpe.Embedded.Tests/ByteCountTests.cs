using System.Collections;
using Fpe.Compute;
using Fpe.Counting;
using Fpe.Data;
using Fpe.Embedded.Edges;
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
        long layers = written.Layers.Sum(layer => layer.TableBytes);
        if (counts.IsExact && comparesSums)
            Assert.Equal(counts.TablesBytes, layers);
        Assert.InRange(layers, 1, counts.TablesBytes);
        if (model.Meaning is { Features: null, ClassNames: null })
            Assert.Equal(layers, written.TableBytes);
        foreach (CLayer layer in written.Layers)
            Assert.InRange(layer.TableBytes, 1, counts.Layers.Single(bound => bound.Name == layer.Name).Tables);
    }

    [Theory]
    [InlineData(NumberFormat.Int8)]
    [InlineData(NumberFormat.Float)]
    public void What_only_a_trained_model_has_is_counted_when_it_is_written(NumberFormat format)
    {
        using var folder = new TemporaryFolder();
        using PlannedModel model = TestNetworks.Of("standardised in part");
        CExport written = Write(model, format, folder.Path, "net");
        // A mean and a deviation of 8 bytes for each of 8 values; and three pointers, the texts a"b\, ü??/ and c, each with a 0 up to a multiple of 4.
        int standardisation = 2 * 8 * 8, names = (3 * 4) + 8 + 8 + 4;
        Assert.Equal(written.Layers.Sum(layer => layer.TableBytes) + standardisation + names, written.TableBytes);
        string header = File.ReadAllText(written.HeaderPath);
        Assert.Contains($" * Flash: {written.TableBytes} bytes of tables", header, StringComparison.Ordinal);
        Assert.Contains($" *   standardisation of samples in {standardisation} bytes\n *   names of the classes in {names} bytes", header, StringComparison.Ordinal);
    }

    [Fact]
    public void An_activation_by_itself_is_a_table_under_its_own_name()
    {
        using var folder = new TemporaryFolder();
        using PlannedModel model = TestNetworks.Of("activations by themselves");
        CExport written = Write(model, NumberFormat.Int8, folder.Path, "net");
        // Between, the function of Hidden, is computed with it.
        Assert.Equal(["Before", "Hidden", "Again", "Logits"], written.Layers.Select(layer => layer.Name));
        Assert.Equal(["LeakyRelu(0.5) of bytes", "8 -> 9, Silu, dense", "LeakyRelu of bytes", "9 -> 3, dense"], written.Layers.Select(layer => layer.Description));
        string source = File.ReadAllText(written.SourcePath);
        Assert.Contains("static const uint8_t again_table[256]", source, StringComparison.Ordinal);
        Assert.DoesNotContain("between", source, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Few edges in rows of few columns: a bit for each possible edge is smaller than the byte that ends each row.</summary>
    [Theory]
    [InlineData(8, 1000, 60)]
    [InlineData(1, 1000, 3)]
    [InlineData(2000, 3, 5)]
    public void The_smallest_form_takes_at_most_the_bytes_that_are_proved(int columns, int rows, int edges)
    {
        var kept = new BitArray(columns * rows);
        for (int e = 0; e < edges; e++)
            kept[e * columns * rows / edges] = true;
        var edgeRows = new EdgeRows(EdgeLayout.Dense(rows, columns).WithHoles(kept), children: 1, share: 1);
        foreach (int weightBytes in new[] { 1, 4 })
        {
            var tables = new EdgeTables(weightBytes, rows, columns);
            long proved = EdgeTables.Codes.Where(tables.Allows).Min(code => tables.Most(code, edges));
            Assert.InRange(EdgeForms.Smallest(edgeRows, weightBytes).Bytes(weightBytes), edges * weightBytes, proved);
        }
    }

    [Fact]
    public void Bytes_beyond_64_bits_are_refused()
    {
        var tables = new EdgeTables(4, long.MaxValue / 4, 2);
        Assert.All(EdgeTables.Codes.Where(tables.Allows), code => Assert.Throws<OverflowException>(() => tables.Most(code, long.MaxValue / 2)));
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
