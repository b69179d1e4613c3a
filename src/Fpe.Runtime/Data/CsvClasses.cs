using Fpe.Data.Files;

namespace Fpe.Data;

/// <summary>Reads comma-separated samples with a class each: a line a sample, its values first, its class last, no header.</summary>
public static class CsvClasses
{
    /// <summary>Reads a file; one whose name ends in <c>.gz</c> is decompressed.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="featureCount">Values per sample.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <param name="scale">Factor by which every value is multiplied.</param>
    /// <exception cref="DataFileException">The file cannot be read, is empty, or a line is wrong; the message names file and line.</exception>
    public static Dataset Read(string path, int featureCount, int classCount, float scale = 1)
    {
        using ContentStream content = ContentStream.Open(path);
        using var reader = new StreamReader(content);
        return Read(reader, path, featureCount, classCount, scale);
    }

    /// <summary>Reads text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">Name of the data set, for messages.</param>
    /// <param name="featureCount">Values per sample.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <param name="scale">Factor by which every value is multiplied.</param>
    /// <exception cref="DataFileException">The text is empty or a line is wrong; the message names the line.</exception>
    public static Dataset Read(TextReader reader, string name, int featureCount, int classCount, float scale = 1)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(featureCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classCount);
        var lines = new CsvLines(name, featureCount, classCount, scale);
        while (reader.ReadLine() is { } text)
            lines.Add(text);
        return lines.ToDataset();
    }
}
