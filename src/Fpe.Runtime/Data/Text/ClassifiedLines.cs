using Fpe.Data.Files;
using static System.FormattableString;

namespace Fpe.Data.Text;

/// <summary>The texts and classes of the lines that have been read so far.</summary>
internal sealed class ClassifiedLines
{
    private readonly string name;
    private readonly TextOptions options;
    private readonly LineFields fields;
    private readonly ClassNumbers classes;
    private readonly TextTokens tokens;
    private readonly TokenRowsBuilder rows;
    private readonly List<int> labels = [];
    private bool isHeader;
    private long firstLine;
    private int fieldCount;

    public ClassifiedLines(string name, TextOptions options)
    {
        this.name = name;
        this.options = options;
        fields = new LineFields(name, options.Separator);
        classes = new ClassNumbers(name, options.ClassNames);
        tokens = new TextTokens(options.Tokenizer, options.Places);
        rows = new TokenRowsBuilder(name, options.Places, options.Tokenizer.Vocabulary, options.TooLong);
        isHeader = options.HasHeader;
    }

    /// <summary>Adds a line; empty lines and the header are skipped.</summary>
    /// <param name="text">The line.</param>
    /// <param name="number">Its one-based number.</param>
    /// <exception cref="DataFileException">The line is not a valid sample.</exception>
    public void Add(ReadOnlySpan<char> text, long number)
    {
        if (text.IsEmpty)
            return;
        var place = FilePlace.Line(number);
        fields.Divide(text, place);
        CheckFields(place);
        if (isHeader)
        {
            isHeader = false;
            return;
        }

        labels.Add(classes.NumberOf(fields.Content(text, options.LabelColumn).Trim(), place));
        AddTokens(fields.Content(text, options.TextColumn), place);
    }

    /// <summary>Returns all samples.</summary>
    /// <exception cref="FileEmptyException">There are none.</exception>
    public ClassifiedTexts ToTexts()
    {
        if (labels.Count == 0)
            throw new FileEmptyException(name, default, "it has no samples; each line must be one.");
        TokenRows samples = rows.ToRows();
        (string[] names, int[] numbers) = classes.InOrder(labels);
        return new ClassifiedTexts(Dataset.OfClasses(name, samples, numbers, names.Length), names, samples.CutSamples);
    }

    private void AddTokens(ReadOnlySpan<char> text, FilePlace place)
    {
        ReadOnlySpan<int> first = tokens.Read(text, out int total);
        if (total == 0)
            throw new FileUnsupportedException(name, place, $"the text '{Quotation.Of(text)}' has no tokens, but a sample needs at least one; remove the line, or use a tokenizer that finds some.");
        if (total > options.Places && options.TooLong == TooLong.Refuse)
            throw new FileUnsupportedException(name, place, Invariant($"the text has {total} tokens, but there are {options.Places} places; use more places, or cut texts with TooLong.Cut."));
        rows.Add(first, total);
    }

    private void CheckFields(FilePlace place)
    {
        int needed = Math.Max(options.LabelColumn, options.TextColumn) + 1;
        if (fields.Count < needed)
            throw new FileCorruptException(name, place, Invariant($"{Fields(fields.Count)}, but the class is in column {options.LabelColumn} and the text in column {options.TextColumn}, counted from 0; correct the line, the columns or the separator, which is {options.Separator}."));
        if (firstLine == 0)
            (firstLine, fieldCount) = (place.Number, fields.Count);
        if (fields.Count != fieldCount)
            throw new FileCorruptException(name, place, Invariant($"{Fields(fields.Count)}, but {fieldCount} on line {firstLine}; correct the line."));
    }

    private static string Fields(int count) => Invariant($"{count} {(count == 1 ? "field" : "fields")}");
}
