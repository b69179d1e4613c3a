using Fpe.Data.Files;
using static System.FormattableString;

namespace Fpe.Tables;

/// <summary>The names of a column with a number each, from 0.</summary>
internal sealed class Categories
{
    private readonly Dictionary<string, int> numbers;

    /// <param name="column">The name of the column.</param>
    /// <param name="names">The names in the order of their numbers.</param>
    /// <param name="hasUnknown">Whether all other names have a number of their own, the last one.</param>
    /// <param name="ofMissing">The name that a missing value stands for; null if it is refused.</param>
    public Categories(string column, IReadOnlyList<string> names, bool hasUnknown = false, string? ofMissing = null)
    {
        Column = column;
        Names = names;
        HasUnknown = hasUnknown;
        OfMissing = ofMissing;
        numbers = names.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
    }

    public string Column { get; }

    public IReadOnlyList<string> Names { get; }

    public bool HasUnknown { get; }

    public string? OfMissing { get; }

    /// <summary>The number of different numbers.</summary>
    public int Count => Names.Count + (HasUnknown ? 1 : 0);

    /// <exception cref="TableColumnException">There are no names, or one is empty or there twice.</exception>
    public static void CheckNames(string column, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            throw new TableColumnException($"column '{column}' has an empty list of names; pass at least one, or null for those of the training rows.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (string.IsNullOrWhiteSpace(name) || name.Trim() != name)
                throw new TableColumnException($"column '{column}' has the name '{name}' in its list, which is empty or has white space around it; correct it.");
            if (!seen.Add(name))
                throw new TableColumnException($"column '{column}' has the name '{name}' twice in its list; remove one of them.");
        }
    }

    /// <summary>Returns the number of each row's name.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="kind">What the names are, for messages.</param>
    /// <exception cref="UnknownCategoryException">A name has no number.</exception>
    /// <exception cref="MissingValueException">A value is missing.</exception>
    public int[] NumbersIn(Table table, string kind)
    {
        TextValues column = table.Text(Column);
        int[] numberOf = [.. column.Texts.Select(text => numbers.GetValueOrDefault(text, HasUnknown ? Names.Count : -1))];
        int missing = OfMissing is null ? -1 : numbers[OfMissing];
        var found = new int[table.Count];
        for (int row = 0; row < found.Length; row++)
        {
            int code = column.Codes[row];
            found[row] = code == TextValues.Missing ? missing : numberOf[code];
            if (found[row] < 0)
                throw code == TextValues.Missing ? Missing(table, row, column) : Unknown(table, row, column, column.Texts[code], kind);
        }

        return found;
    }

    /// <summary>Returns the number of a name; null if it has none.</summary>
    public int? NumberOf(string name) => numbers.TryGetValue(name, out int number) ? number : null;

    /// <summary>The exception for a name without a number.</summary>
    public UnknownCategoryException Unknown(Table table, int row, TableColumn column, string text, string kind)
    {
        const int Most = 10;
        string known = string.Join(", ", Names.Take(Most).Select(name => $"'{Quotation.Of(name)}'"));
        string fix = kind == "category" ? "correct it, train on rows that have it, or use UnknownCategory.OwnCategory." : "correct it, or train on rows that have it.";
        return new(table.File, table.PlaceOf(row), column.Name, column.Number, Invariant($"the {kind} '{Quotation.Of(text)}' is none of the {Names.Count} that are known ({known}{(Names.Count > Most ? ", …" : "")}); {fix}"));
    }

    /// <summary>The exception for a missing value that nothing replaces.</summary>
    public static MissingValueException Missing(Table table, int row, TableColumn column) =>
        new(table.File, table.PlaceOf(row), column.Name, column.Number, "the value is missing, and nothing replaces it in a row to predict; fill it in, or choose a policy of the column in the schema that replaces missing values.");
}
