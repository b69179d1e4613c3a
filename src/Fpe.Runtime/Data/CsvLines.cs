using System.Globalization;
using Fpe.Data.Files;

namespace Fpe.Data;

/// <summary>The samples of a comma-separated text that have been read so far.</summary>
internal sealed class CsvLines(string name, int featureCount, int classCount, float scale)
{
    private static readonly (char Separator, string Words)[] Separators = [(';', "semicolons"), ('\t', "tabs"), (' ', "spaces"), ('|', "vertical bars")];

    private readonly List<float> features = [];
    private readonly List<int> labels = [];
    private long line;

    /// <summary>Adds a line; blank lines are skipped.</summary>
    /// <param name="text">The line.</param>
    /// <param name="number">Its one-based number.</param>
    /// <exception cref="DataFileException">The line is not a valid sample.</exception>
    public void Add(ReadOnlySpan<char> text, long number)
    {
        line = number;
        if (text.IsWhiteSpace())
            return;
        int fields = text.Count(',') + 1;
        if (fields != featureCount + 1L)
            throw OfFields(text, fields);
        if (features.Count > Array.MaxLength - featureCount)
            throw new FileOversizedException(name, FilePlace.Line(line), $"there are more than {Array.MaxLength} values, the maximum that fits into memory; divide the file, or convert it to an array file and open that.");

        int field = 0;
        foreach (Range range in text.Split(','))
        {
            ReadOnlySpan<char> value = text[range].Trim();
            if (field < featureCount)
                features.Add(Value(value, field));
            else
                labels.Add(Label(value));
            field++;
        }
    }

    /// <summary>Returns all samples.</summary>
    /// <exception cref="FileEmptyException">There are none.</exception>
    public Dataset ToDataset()
    {
        if (labels.Count == 0)
            throw new FileEmptyException(name, default, "it has no samples; each line must be one.");
        return Dataset.OfClasses(name, featureCount, [.. features], [.. labels], classCount);
    }

    private float Value(ReadOnlySpan<char> text, int index)
    {
        bool isNumber = float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value);
        if (!isNumber && labels.Count == 0)
            throw new FileUnsupportedException(name, FilePlace.Line(line), $"value {index + 1} is '{Quotation.Of(text)}', which is not a number, so this can be a header or a column of names; read the file with CsvTable of the package Fpe.Tables, or correct the line.");
        if (!float.IsFinite(value) || !isNumber)
            throw Corrupt($"value {index + 1} is '{Quotation.Of(text)}', which is not a finite number; correct it or remove the line.");
        if (!float.IsFinite(value * scale))
            throw Corrupt(FormattableString.Invariant($"value {index + 1} is '{Quotation.Of(text)}', which multiplied by the scale of {scale} is not a finite number; use a smaller scale, correct the value or remove the line."));
        return value * scale;
    }

    private int Label(ReadOnlySpan<char> text)
    {
        if (!int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int label) || (uint)label >= (uint)classCount)
            throw new FileMislabelledException(name, FilePlace.Line(line), $"'{Quotation.Of(text)}' is not a class from 0 to {classCount - 1}; correct it or the number of classes.");
        return label;
    }

    private DataFileException OfFields(ReadOnlySpan<char> text, int fields)
    {
        foreach ((char separator, string words) in Separators)
        {
            if (fields == 1 && text.Count(separator) == featureCount)
                return new FileUnsupportedException(name, FilePlace.Line(line), $"its values are separated by {words}, but only commas are supported here; read it with CsvTable of the package Fpe.Tables, or separate them with commas.");
        }

        return Corrupt($"{fields} fields, but {featureCount} values and a class require {featureCount + 1L}; correct the line.");
    }

    private FileCorruptException Corrupt(string problem) => new(name, FilePlace.Line(line), problem);
}
