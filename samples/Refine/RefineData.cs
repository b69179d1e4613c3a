using Fpe.Data;

namespace Samples.Refine;

/// <summary>The digits of samples/Digits. Every fifth is a test digit, which PyTorch did not see either.</summary>
internal static class RefineData
{
    private const int Pixels = 64;
    private const int Classes = 10;
    private const float BrightestPixel = 16;
    private const int TestEvery = 5;

    public static string Digits { get; } = Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv.gz");

    /// <summary>The weights that PyTorch trained; Data/train.py made them.</summary>
    public static string Parent { get; } = Path.Combine(AppContext.BaseDirectory, "Data", "parent.safetensors");

    public static (Dataset Train, Dataset Test) Load()
    {
        Dataset digits = CsvClasses.Read(Digits, Pixels, Classes, scale: 1 / BrightestPixel);
        return (Select("train", digits, row => row % TestEvery != TestEvery - 1), Select("test", digits, row => row % TestEvery == TestEvery - 1));
    }

    private static Dataset Select(string name, Dataset all, Func<int, bool> isSelected)
    {
        int[] rows = [.. Enumerable.Range(0, all.Count).Where(isSelected)];
        return Dataset.OfClasses(name, Pixels, [.. rows.SelectMany(row => all.Sample(row).ToArray())], [.. rows.Select(all.Label)], Classes);
    }
}
