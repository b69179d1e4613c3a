using System.Globalization;
using Fpe.Data.Files;

namespace Fpe.Data;

/// <summary>The samples of a comma-separated text so far.</summary>
internal sealed class CsvLines(string name, int featureCount, int classCount, float scale)
{
    private readonly List<float> features = [];
    private readonly List<int> labels = [];
    private long line;

    /// <summary>Takes in the next line; one of nothing but spaces is skipped.</summary>
    /// <exception cref="DataFileException">It is no sample.</exception>
    public void Add(ReadOnlySpan<char> text)
    {
        line++;
        if (text.IsWhiteSpace())
            return;
        int fields = text.Count(',') + 1;
        if (fields != featureCount + 1L)
            throw Corrupt($"{fields} fields, but {featureCount} values and a class are {featureCount + 1L}; correct the line.");
        if (features.Count > Array.MaxLength - featureCount)
            throw new FileOversizedException(name, FilePlace.Line(line), $"the {Array.MaxLength} values that fit into memory at once are exceeded; divide the file, or convert it to an array file and open that.");

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

    /// <summary>All samples.</summary>
    /// <exception cref="FileEmptyException">There are none.</exception>
    public Dataset ToDataset()
    {
        if (labels.Count == 0)
            throw new FileEmptyException(name, default, "it has no samples; a line is one.");
        return Dataset.OfClasses(name, featureCount, [.. features], [.. labels], classCount);
    }

    private float Value(ReadOnlySpan<char> text, int index)
    {
        if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) || !float.IsFinite(value))
            throw Corrupt($"value {index + 1} is '{Quotation.Of(text)}', which is no finite number; correct it or remove the line.");
        if (!float.IsFinite(value * scale))
            throw Corrupt(FormattableString.Invariant($"value {index + 1} is '{Quotation.Of(text)}', which times the scale of {scale} is no finite number; use a smaller scale, correct the value or remove the line."));
        return value * scale;
    }

    private int Label(ReadOnlySpan<char> text)
    {
        if (!int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int label) || (uint)label >= (uint)classCount)
            throw new FileMislabelledException(name, FilePlace.Line(line), $"'{Quotation.Of(text)}' is no class from 0 to {classCount - 1}; correct it or the number of classes.");
        return label;
    }

    private FileCorruptException Corrupt(string problem) => new(name, FilePlace.Line(line), problem);
}
