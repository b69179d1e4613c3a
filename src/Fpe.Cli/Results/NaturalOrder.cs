namespace Fpe.Cli.Results;

/// <summary>The order of keys in merged files: by character, except that digits are compared as numbers, so that 4 comes before 16, and 0.25 before 0.5.</summary>
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
        int first = common, second = common;
        while (first < left.Length && second < right.Length)
        {
            int order = char.IsAsciiDigit(left[first]) && char.IsAsciiDigit(right[second])
                ? CompareNumbers(left, ref first, right, ref second)
                : left[first++].CompareTo(right[second++]);
            if (order != 0)
                return order;
        }

        int rest = (left.Length - first).CompareTo(right.Length - second);
        // Keys that differ only in zeros that do not count.
        return rest != 0 ? rest : string.CompareOrdinal(x, y);
    }

    // Keys have long common beginnings, and the first difference may lie within a number.
    private static int NumberStart(ReadOnlySpan<char> text, int end)
    {
        while (end > 0 && char.IsAsciiDigit(text[end - 1]))
            end--;
        return end;
    }

    private static int CompareNumbers(ReadOnlySpan<char> left, ref int first, ReadOnlySpan<char> right, ref int second)
    {
        bool isFraction = first >= 2 && left[first - 1] == '.' && char.IsAsciiDigit(left[first - 2]);
        ReadOnlySpan<char> one = Digits(left, ref first);
        ReadOnlySpan<char> other = Digits(right, ref second);
        if (isFraction)
            return one.TrimEnd('0').SequenceCompareTo(other.TrimEnd('0'));
        // Without leading zeros, the longer number is the larger one.
        one = one.TrimStart('0');
        other = other.TrimStart('0');
        return one.Length != other.Length ? one.Length.CompareTo(other.Length) : one.SequenceCompareTo(other);
    }

    private static ReadOnlySpan<char> Digits(ReadOnlySpan<char> text, ref int position)
    {
        int count = text[position..].IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> digits = count < 0 ? text[position..] : text.Slice(position, count);
        position += digits.Length;
        return digits;
    }
}
