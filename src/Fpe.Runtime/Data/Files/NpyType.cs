using System.Globalization;

namespace Fpe.Data.Files;

/// <summary>The number type of an array file.</summary>
/// <param name="Kind">What kind of numbers.</param>
/// <param name="Size">Bytes of a number: 1, 2, 4 or 8.</param>
/// <param name="IsBigEndian">Whether the highest byte comes first.</param>
public readonly record struct NpyType(NpyKind Kind, int Size, bool IsBigEndian = false)
{
    /// <summary>Whether these are integers.</summary>
    public bool IsInteger => Kind != NpyKind.Float;

    /// <summary>The type as NumPy writes it, such as <c>&lt;f4</c>.</summary>
    public override string ToString()
    {
        char order = Size == 1 ? '|' : IsBigEndian ? '>' : '<';
        return string.Create(CultureInfo.InvariantCulture, $"{order}{(char)Kind}{Size}");
    }

    /// <summary>Reads what NumPy writes; false for whatever is no number type that can be used here.</summary>
    internal static bool TryParse(string text, out NpyType type)
    {
        type = default;
        if (text.Length != 3 || text[0] is not ('<' or '>' or '|') || !Enum.IsDefined((NpyKind)text[1]) || text[2] is not ('1' or '2' or '4' or '8'))
            return false;
        type = new NpyType((NpyKind)text[1], text[2] - '0', text[0] == '>');
        bool hasOrder = text[0] != '|';
        return hasOrder == type.Size > 1 && !(type.Kind == NpyKind.Float && type.Size == 1);
    }
}
