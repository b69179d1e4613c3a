using Fpe.Data.Files;

namespace Fpe.Data;

/// <summary>
/// Reads comma-separated samples with classes: one line per sample, with its values first and its class last, and no header. A line can
/// have at most 64 characters per field, or 65,536 if that is more.
/// </summary>
public static class CsvClasses
{
    /// <summary>Reads a file; one whose name ends in <c>.gz</c> is decompressed.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="featureCount">The number of values per sample; at least 1.</param>
    /// <param name="classCount">The number of classes; at least 1.</param>
    /// <param name="scale">The factor by which every value is multiplied; finite and not 0.</param>
    /// <exception cref="DatasetException">An argument is out of range.</exception>
    /// <exception cref="DataFileException">The file cannot be read, is empty, or a line is invalid; the message contains the file and the line.</exception>
    public static Dataset Read(string path, int featureCount, int classCount, float scale = 1)
    {
        CheckArguments(path, featureCount, classCount, scale);
        using StreamReader reader = Utf8Text.OpenFile(path, "a text of comma-separated values");
        return Read(reader, path, featureCount, classCount, scale);
    }

    /// <summary>Reads text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">The name of the data set, for messages.</param>
    /// <param name="featureCount">The number of values per sample; at least 1.</param>
    /// <param name="classCount">The number of classes; at least 1.</param>
    /// <param name="scale">The factor by which every value is multiplied; finite and not 0.</param>
    /// <exception cref="DatasetException">An argument is out of range.</exception>
    /// <exception cref="DataFileException">The text is empty or a line is invalid; the message contains the line.</exception>
    public static Dataset Read(TextReader reader, string name, int featureCount, int classCount, float scale = 1)
    {
        ArgumentNullException.ThrowIfNull(reader);
        CheckArguments(name, featureCount, classCount, scale);
        var samples = new CsvLines(name, featureCount, classCount, scale);
        var lines = new TextLines(reader, name, LongestLine(featureCount), "check whether this is a file of comma-separated values, and whether the number of values is correct.");
        while (lines.TryRead(out ReadOnlySpan<char> line))
            samples.Add(line, lines.Number);
        return samples.ToDataset();
    }

    private static int LongestLine(int featureCount)
    {
        const int Shortest = 1 << 16, CharactersPerField = 64;
        return (int)Math.Clamp(CharactersPerField * (featureCount + 1L), Shortest, Array.MaxLength - 1);
    }

    private static void CheckArguments(string name, int featureCount, int classCount, float scale)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        DatasetException.RequirePositive(name, "the number of features", featureCount);
        DatasetException.RequirePositive(name, "the number of classes", classCount);
        if (!float.IsFinite(scale) || scale == 0)
            throw new DatasetException(name, FormattableString.Invariant($"scale {scale} is not valid; pass a finite number that is not 0."));
    }
}
