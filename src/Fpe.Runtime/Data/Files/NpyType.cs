using System.Globalization;

namespace Fpe.Data.Files;

/// <summary>The type of the elements of an array file.</summary>
/// <param name="Kind">The kind of the elements.</param>
/// <param name="Size">The number of bytes of an element: 1, 2, 4 or 8; for texts, 4 times the number of characters.</param>
/// <param name="IsBigEndian">Whether the most significant byte comes first.</param>
public readonly record struct NpyType(NpyKind Kind, int Size, bool IsBigEndian = false)
{
    /// <summary>The maximum number of characters of a text.</summary>
    private const int LongestText = 1 << 16;

    /// <summary>The number of bytes of a character.</summary>
    private const int CharacterSize = 4;

    /// <summary>Gets whether the elements are integers, or Booleans, which are 0 and 1.</summary>
    public bool IsInteger => Kind is not (NpyKind.Float or NpyKind.Text);

    /// <summary>What elements are called in messages.</summary>
    internal string Words => Kind == NpyKind.Text ? "texts" : "numbers";

    /// <summary>Returns the type in NumPy's notation, such as <c>&lt;f4</c>.</summary>
    public override string ToString()
    {
        char order = Size == 1 ? '|' : IsBigEndian ? '>' : '<';
        return string.Create(CultureInfo.InvariantCulture, $"{order}{(char)Kind}{(Kind == NpyKind.Text ? Size / CharacterSize : Size)}");
    }

    /// <summary>
    /// Parses NumPy's notation of a type; returns false if the type is not supported. If the byte order is missing or <c>=</c>, it
    /// is that of this machine; for single bytes, it is ignored.
    /// </summary>
    internal static bool TryParse(string text, out NpyType type)
    {
        type = default;
        ReadOnlySpan<char> rest = text.AsSpan().TrimStart("<>|=");
        if (text.Length - rest.Length <= 1 && rest.StartsWith('U'))
            return TryParseText(text[0], rest[1..], out type);
        if (rest.Length != 2 || text.Length > 3 || !Enum.IsDefined((NpyKind)rest[0]) || rest[1] is not ('1' or '2' or '4' or '8'))
            return false;
        int size = rest[1] - '0';
        bool isBigEndian = size > 1 && (text[0] == '>' || (text[0] != '<' && !BitConverter.IsLittleEndian));
        type = new NpyType((NpyKind)rest[0], size, isBigEndian);
        return type.Kind switch
        {
            NpyKind.Boolean => size == 1,
            NpyKind.Float => size > 1,
            _ => true,
        };
    }

    private static bool TryParseText(char order, ReadOnlySpan<char> characters, out NpyType type)
    {
        bool isValid = int.TryParse(characters, NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length is >= 1 and <= LongestText;
        type = isValid ? new NpyType(NpyKind.Text, CharacterSize * length, order == '>' || (order != '<' && !BitConverter.IsLittleEndian)) : default;
        return isValid;
    }
}
