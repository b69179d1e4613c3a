using Fpe.Data;
using Fpe.Metrics;
using Fpe.Training;

namespace Fpe.Tables.Tests;

/// <summary>What docs/tables.md shows compiles, runs and does what it says.</summary>
public sealed class GuideTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly string before = Directory.GetCurrentDirectory();

    public GuideTests()
    {
        foreach (string file in Directory.GetFiles(TestFolder.Data, "flats*"))
            File.Copy(file, folder.PathOf(Path.GetFileName(file)));
        Directory.SetCurrentDirectory(folder.Path);
    }

    public void Dispose()
    {
        Directory.SetCurrentDirectory(before);
        folder.Dispose();
    }

    [Fact]
    public void Its_code_is_what_is_compiled_here()
    {
        string[][] sources = [.. Directory.GetFiles(TestFolder.Data, "*.cs.txt").Select(file => Lines(File.ReadAllText(file)))];
        string[] blocks = [.. File.ReadAllText(Path.Combine(TestFolder.Data, "tables.md")).ReplaceLineEndings("\n").Split("```csharp\n").Skip(1).Select(block => block[..block.IndexOf("```", StringComparison.Ordinal)])];
        Assert.Equal(12, blocks.Length);
        Assert.All(blocks, block => Assert.True(sources.Any(source => Contains(source, Lines(block))), $"No code is compiled that reads:\n{block}"));

        static string[] Lines(string text) => [.. text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

        // The usings of a file are more than those of a page.
        static bool Contains(string[] source, string[] block) => block.All(line => line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';') && !line.Contains('='))
            ? block.All(source.Contains)
            : Enumerable.Range(0, source.Length).Any(first => source.AsSpan(first).StartsWith(block));
    }

    [Fact]
    public void It_trains_saves_loads_and_predicts_names()
    {
        MetricReport report = Guide.Train(Guide.KindSchema());
        Assert.InRange(report[Metric.Accuracy], 0.9, 1);
        File.WriteAllLines("others.csv", ["kind?,heating,district,built,rooms,size", "x,,north,,1,30", "y,gas,harbour,1950,1,93.5"]);
        (string kind, int[] kinds) = Guide.Predict();
        Assert.Equal("family", kind);
        Assert.Equal([2, 1], kinds);
    }

    [Fact]
    public void Tokens_and_numbers_predict_the_rent_in_its_unit()
    {
        Table flats = CsvTable.Read("flats.csv", Guide.RentSchema());
        TableEncoding encoding = TableEncoding.Learn(flats);
        Assert.Equal([7], encoding.Vocabularies);
        Dataset train = encoding.Apply(flats);
        using var model = new RentNet(seed: 1) { Meaning = encoding.MeaningOf(train) };
        new Trainer(new TrainingOptions { Epochs = 30, BatchSize = 16, Optimizer = new Adam(1e-2), Loss = Loss.MeanSquaredError }).Fit(model, train);
        Assert.InRange(model.Evaluate(train)[Metric.RSquared], 0.95, 1);
        float rent = model.Predict(encoding.Row(new Dictionary<string, object?> { ["size"] = 80.5, ["rooms"] = 4, ["district"] = "north", ["kind"] = "family" }));
        Assert.InRange(rent, 600, 1000);
    }

    [Fact]
    public void All_its_files_have_the_same_rows()
    {
        TableSchema schema = Guide.KindSchema();
        Table flats = CsvTable.Read("flats.csv", schema);
        TableEncoding encoding = TableEncoding.Learn(flats);
        float[] rows = encoding.Rows(flats);
        Assert.Equal(300 * 12, rows.Length);
        Assert.Equal(rows, encoding.Rows(Guide.ReadDecimalComma(schema)));
        Assert.Equal(rows, encoding.Rows(Guide.ReadParquet(schema)));
        Assert.Equal(rows, encoding.Rows(Guide.ReadArrow(schema)));
    }
}
