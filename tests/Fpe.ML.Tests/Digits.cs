using System.Globalization;
using System.IO.Compression;
using LoadPipeline;
using Microsoft.ML;

namespace Fpe.ML.Tests;

/// <summary>The digits as words: 1,437 to train on and 360 to test.</summary>
internal static class Digits
{
    public static readonly string[] Words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    public static DigitRow[] All { get; } = [.. Read()];

    public static DigitRow[] Train => All[..1437];

    public static DigitRow[] Test => All[1437..];

    public static IDataView View(MLContext context, IEnumerable<DigitRow> rows) => context.Data.LoadFromEnumerable(rows);

    private static IEnumerable<DigitRow> Read()
    {
        using var file = new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "digits.csv.gz")), CompressionMode.Decompress);
        using var reader = new StreamReader(file);
        while (reader.ReadLine() is { } line)
        {
            float[] values = [.. line.Split(',').Select(value => float.Parse(value, CultureInfo.InvariantCulture))];
            yield return new DigitRow { Features = values[..64], Label = Words[(int)values[64]] };
        }
    }
}
