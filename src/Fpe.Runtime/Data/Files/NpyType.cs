using System.Globalization;

namespace Fpe.Data.Files;

/// <summary>The number type of an array file.</summary>
/// <param name="Kind">The kind of the numbers.</param>
/// <param name="Size">The number of bytes of a number: 1, 2, 4 or 8.</param>
/// <param name="IsBigEndian">Whether the most significant byte comes first.</param>
public readonly record struct NpyType(NpyKind Kind, int Size, bool IsBigEndian = false)
{
    /// <summary>Gets whether the numbers are integers, or Booleans, which are 0 and 1.</summary>
    public bool IsInteger => Kind != NpyKind.Float;

    /// <summary>Returns the type in NumPy's notation, such as <c>&lt;f4</c>.</summary>
    public override string ToString()
    {
        char order = Size == 1 ? '|' : IsBigEndian ? '>' : '<';
        return string.Create(CultureInfo.InvariantCulture, $"{order}{(char)Kind}{Size}");
    }

    /// <summary>
    /// Parses NumPy's notation of a number type; returns false if the type is not supported. If the byte order is missing or <c>=</c>, it
    /// is that of this machine; for single bytes, it is ignored.
    /// </summary>
    internal static bool TryParse(string text, out NpyType type)
    {
        type = default;
        ReadOnlySpan<char> rest = text.AsSpan().TrimStart("<>|=");
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
}
