namespace Fpe.Cli.Results;

/// <summary>The order of keys in merged files: by character, except that digits are compared as numbers, so that 4 comes before 16.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    /// <summary>The order.</summary>
    public static NaturalOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> left = x;
        ReadOnlySpan<char> right = y;
        int common = NumberStart(left, left.CommonPrefixLength(right));
        left = left[common..];
        right = right[common..];
        while (!left.IsEmpty && !right.IsEmpty)
        {
            int order = char.IsAsciiDigit(left[0]) && char.IsAsciiDigit(right[0]) ? CompareNumbers(ref left, ref right) : CompareCharacters(ref left, ref right);
            if (order != 0)
                return order;
        }

        int rest = left.Length.CompareTo(right.Length);
        // Keys that differ only in leading zeros.
        return rest != 0 ? rest : string.CompareOrdinal(x, y);
    }

    // Keys have long common beginnings, and the first difference may lie within a number.
    private static int NumberStart(ReadOnlySpan<char> text, int end)
    {
        while (end > 0 && char.IsAsciiDigit(text[end - 1]))
            end--;
        return end;
    }

    private static int CompareCharacters(ref ReadOnlySpan<char> left, ref ReadOnlySpan<char> right)
    {
        int order = left[0].CompareTo(right[0]);
        left = left[1..];
        right = right[1..];
        return order;
    }

    private static int CompareNumbers(ref ReadOnlySpan<char> left, ref ReadOnlySpan<char> right)
    {
        ReadOnlySpan<char> first = Digits(ref left);
        ReadOnlySpan<char> second = Digits(ref right);
        return first.Length != second.Length ? first.Length.CompareTo(second.Length) : first.SequenceCompareTo(second);
    }

    // Without leading zeros, the longer number is the larger one.
    private static ReadOnlySpan<char> Digits(ref ReadOnlySpan<char> text)
    {
        int count = text.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> digits = count < 0 ? text : text[..count];
        text = text[digits.Length..];
        return digits.TrimStart('0');
    }
}
