using Fpe.Data;

namespace Fpe.Runtime.Tests.Data;

public class CsvClassesTests
{
    [Fact]
    public void Lines_are_samples_with_their_class_last()
    {
        Dataset dataset = Read("0,16,2\n8, 4 ,0\r\n\n");
        Assert.Equal((2, 2, 3), (dataset.Count, dataset.FeatureCount, dataset.OutputCount));
        Assert.Equal([0f, 1f], dataset.Sample(0));
        Assert.Equal([0.5f, 0.25f], dataset.Sample(1));
        Assert.Equal((2, 0), (dataset.Label(0), dataset.Label(1)));
    }

    [Theory]
    [InlineData("1,2,0\n1,x,0\n", "d.csv: line 2, value 2: 'x' is not a finite number; correct it or remove the line.")]
    [InlineData("1,NaN,0\n", "d.csv: line 1, value 2: 'NaN' is not a finite number; correct it or remove the line.")]
    [InlineData("1,2,3\n", "d.csv: line 1: '3' is no class from 0 to 2; correct it or the number of classes.")]
    [InlineData("1,2,0.5\n", "d.csv: line 1: '0.5' is no class from 0 to 2; correct it or the number of classes.")]
    [InlineData("1,2\n", "d.csv: line 1 has 2 fields, but 2 values and a class are 3; correct the line.")]
    [InlineData("1,2,0,9\n", "d.csv: line 1 has 4 fields, but 2 values and a class are 3; correct the line.")]
    [InlineData("", "d.csv: it has no samples; pass at least one.")]
    public void Wrong_lines_are_named(string text, string message) =>
        Assert.Equal(message, Assert.Throws<DatasetException>(() => Read(text)).Message);

    [Fact]
    public void Missing_and_damaged_files_are_named()
    {
        string missing = Path.Combine(Path.GetTempPath(), "fpe-no-such-file.csv");
        Assert.StartsWith($"{missing}: cannot be read:", Assert.Throws<DatasetException>(() => CsvClasses.Read(missing, 2, 3)).Message, StringComparison.Ordinal);

        string damaged = Path.Combine(Path.GetTempPath(), $"fpe-{Guid.NewGuid():N}.csv.gz");
        File.WriteAllText(damaged, "this is no gzip file");
        try
        {
            Assert.StartsWith($"{damaged}: cannot be read:", Assert.Throws<DatasetException>(() => CsvClasses.Read(damaged, 2, 3)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(damaged);
        }
    }

    private static Dataset Read(string text)
    {
        using var reader = new StringReader(text);
        return CsvClasses.Read(reader, "d.csv", 2, 3, 1 / 16f);
    }
}
