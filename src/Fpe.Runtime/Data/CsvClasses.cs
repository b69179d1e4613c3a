using System.Globalization;
using System.IO.Compression;

namespace Fpe.Data;

/// <summary>Reads comma-separated samples with a class each: a line a sample, its values first, its class last, no header.</summary>
public static class CsvClasses
{
    /// <summary>Reads a file; one whose name ends in <c>.gz</c> is decompressed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="featureCount">Values per sample.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <param name="scale">Factor by which every value is multiplied.</param>
    /// <exception cref="DatasetException">The file cannot be read, is empty, or a line is wrong; the message names file and line.</exception>
    public static Dataset Read(string path, int featureCount, int classCount, float scale = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using FileStream file = File.OpenRead(path);
            using Stream content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
            using var reader = new StreamReader(content);
            return Read(reader, path, featureCount, classCount, scale);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new DatasetException(path, $"cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Reads text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">Name of the data set, for messages.</param>
    /// <param name="featureCount">Values per sample.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <param name="scale">Factor by which every value is multiplied.</param>
    /// <exception cref="DatasetException">The text is empty or a line is wrong; the message names the line.</exception>
    public static Dataset Read(TextReader reader, string name, int featureCount, int classCount, float scale = 1)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(featureCount);
        var features = new List<float>();
        var labels = new List<int>();
        for (int line = 1; reader.ReadLine() is { } text; line++)
        {
            if (!string.IsNullOrWhiteSpace(text))
                labels.Add(ReadLine(text, name, line, featureCount, classCount, scale, features));
        }

        return Dataset.OfClasses(name, featureCount, [.. features], [.. labels], classCount);
    }

    private static int ReadLine(string text, string name, int line, int featureCount, int classCount, float scale, List<float> features)
    {
        int fields = 0;
        foreach (Range range in text.AsSpan().Split(','))
        {
            ReadOnlySpan<char> field = text.AsSpan()[range].Trim();
            if (fields == featureCount)
                return ReadLabel(field, text, name, line, featureCount, classCount);
            if (!float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) || !float.IsFinite(value))
                throw new DatasetException(name, $"line {line}, value {fields + 1}: '{field}' is not a finite number; correct it or remove the line.");
            features.Add(value * scale);
            fields++;
        }

        throw WrongFieldCount(text, name, line, featureCount);
    }

    private static int ReadLabel(ReadOnlySpan<char> field, string text, string name, int line, int featureCount, int classCount)
    {
        if (text.AsSpan().Count(',') != featureCount)
            throw WrongFieldCount(text, name, line, featureCount);
        if (!int.TryParse(field, NumberStyles.Integer, CultureInfo.InvariantCulture, out int label) || (uint)label >= (uint)classCount)
            throw new DatasetException(name, $"line {line}: '{field}' is no class from 0 to {classCount - 1}; correct it or the number of classes.");
        return label;
    }

    private static DatasetException WrongFieldCount(string text, string name, int line, int featureCount) =>
        new(name, $"line {line} has {text.AsSpan().Count(',') + 1} fields, but {featureCount} values and a class are {featureCount + 1}; correct the line.");
}
