namespace Fpe.Tables;

/// <summary>A column of names. Each different name is kept once.</summary>
/// <param name="name">The name of the column.</param>
/// <param name="number">Its number in the file, from 1.</param>
/// <param name="codes">The index of each row's name in <paramref name="texts"/>; <see cref="Missing"/> if it is missing.</param>
/// <param name="texts">The different names, of which some may be of rows that were left out.</param>
internal sealed class TextValues(string name, int number, int[] codes, string[] texts) : TableColumn(name, number)
{
    /// <summary>The code of a missing value.</summary>
    public const int Missing = -1;

    public ReadOnlySpan<int> Codes => codes;

    public IReadOnlyList<string> Texts => texts;

    /// <summary>Returns the names that enough rows have, in ordinal order.</summary>
    public string[] Used(int minimumCount = 1) =>
        [.. codes.Where(code => code != Missing).CountBy(code => code).Where(count => count.Value >= minimumCount).Select(count => texts[count.Key]).Order(StringComparer.Ordinal)];

    public override TableColumn Select(ReadOnlySpan<int> rows) => new TextValues(Name, Number, Select(codes, rows), texts);
}
