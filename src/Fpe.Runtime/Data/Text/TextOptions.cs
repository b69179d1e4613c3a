using static System.FormattableString;

namespace Fpe.Data.Text;

/// <summary>What is in the lines of a text file, and how its texts become samples.</summary>
/// <param name="Tokenizer">Divides texts into tokens.</param>
/// <param name="Places">The maximum number of tokens per sample; at least 1.</param>
public sealed record TextOptions(ITokenizer Tokenizer, int Places)
{
    /// <summary>Gets what is done with a text that has more tokens than there are places.</summary>
    public TooLong TooLong { get; init; }

    /// <summary>Gets what separates the fields of a line.</summary>
    public FieldSeparator Separator { get; init; }

    /// <summary>Gets the field with the class, from 0.</summary>
    public int LabelColumn { get; init; }

    /// <summary>Gets the field with the text, from 0.</summary>
    public int TextColumn { get; init; } = 1;

    /// <summary>Gets whether the first line has the names of the fields, and is skipped.</summary>
    public bool HasHeader { get; init; }

    /// <summary>Gets the names of the classes in the order of their numbers; null for those in the file, in ordinal order.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <exception cref="DatasetException">An option is out of range.</exception>
    internal void Check(string name)
    {
        if (Tokenizer is null)
            throw new DatasetException(name, "there is no tokenizer; pass one.");
        TokenRowsBuilder.CheckSizes(name, Places, Tokenizer.Vocabulary, TooLong);
        if (!Enum.IsDefined(Separator))
            throw new DatasetException(name, Invariant($"{nameof(FieldSeparator)} {(int)Separator} is not valid; pass {nameof(FieldSeparator.Tab)} or {nameof(FieldSeparator.Comma)}."));
        if (LabelColumn < 0 || TextColumn < 0 || LabelColumn == TextColumn)
            throw new DatasetException(name, Invariant($"the class in column {LabelColumn} and the text in column {TextColumn} are not possible; pass two different columns, counted from 0."));
        if (ClassNames is { Count: 0 })
            throw new DatasetException(name, "there are no class names; pass at least one, or null for those in the file.");
        if (ClassNames?.GroupBy(known => known, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key is { } twice)
            throw new DatasetException(name, $"the class '{twice}' is there twice; remove one of them.");
    }
}
