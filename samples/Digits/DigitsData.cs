using Fpe.Cli;
using Fpe.Data;

namespace Samples.Digits;

/// <summary>1,797 handwritten digits of 8 × 8 pixels; Data/README.md names their source.</summary>
internal static class DigitsData
{
    private const int Pixels = 64;
    private const int Classes = 10;
    private const float BrightestPixel = 16;
    private const int TrainCount = 1437;
    private const long ShuffleSeed = 1;

    /// <summary>The path of the digits.</summary>
    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv.gz");

    /// <summary>Reads the digits: always the same 1,437 for training and 360 for testing.</summary>
    public static StudyData Load()
    {
        Dataset digits = CsvClasses.Read(File, Pixels, Classes, scale: 1 / BrightestPixel);
        (Dataset train, Dataset test) = digits.Divide("train", TrainCount, "test", ShuffleSeed);
        return new StudyData(train, test);
    }
}
