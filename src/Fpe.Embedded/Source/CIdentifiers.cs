using System.Globalization;
using System.Text;

namespace Fpe.Embedded.Source;

/// <summary>Makes C identifiers of names.</summary>
internal static class CIdentifiers
{
    // C99 (5.2.4.1) guarantees that the first 63 characters of a name count; suffixes such as _scratch_bytes take some.
    private const int Longest = 40;

    // The headers of C11: one of the same name would be found instead wherever its folder is searched first. Words of C do no harm, since no
    // name stands alone.
    private static readonly HashSet<string> Headers =
    [
        "assert", "complex", "ctype", "errno", "fenv", "float", "inttypes", "iso646", "limits", "locale", "math", "setjmp", "signal", "stdalign",
        "stdarg", "stdatomic", "stdbool", "stddef", "stdint", "stdio", "stdlib", "stdnoreturn", "string", "tgmath", "threads", "time", "uchar",
        "wchar", "wctype",
    ];

    /// <summary>
    /// Returns a name in lower case with underscores: DigitsNet becomes <c>digits_net</c>, Blocks.3.Wide <c>blocks_3_wide</c>, and a letter
    /// beyond ASCII its number, such as <c>u00e9</c>.
    /// </summary>
    public static string Of(string name)
    {
        var text = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            char letter = name[i];
            bool beginsWord = char.IsAsciiLetterUpper(letter) && i > 0
                && (char.IsAsciiLetterLower(name[i - 1]) || char.IsAsciiDigit(name[i - 1]) || (i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1])));
            if (beginsWord && text.Length > 0 && text[^1] != '_')
                text.Append('_');
            if (char.IsAsciiLetterOrDigit(letter))
                text.Append(char.ToLowerInvariant(letter));
            else if (letter is '_' or '.')
                text.Append('_');
            else
                text.Append('u').Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
        }

        // Names that begin with an underscore belong to the compiler.
        string identifier = text.ToString().TrimStart('_');
        return identifier.Length == 0 || char.IsAsciiDigit(identifier[0]) ? $"n{identifier}" : identifier;
    }

    /// <summary>Returns the name that a program has chosen for the files.</summary>
    /// <exception cref="CExportException">It is none.</exception>
    public static string Require(string model, string name)
    {
        bool isIdentifier = name.Length is > 0 and <= Longest && char.IsAsciiLetterLower(name[0])
            && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_');
        if (!isIdentifier)
            throw new CExportException(model, $"the name “{name}” has to be 1 to {Longest} lower-case letters, digits and underscores that begin with a letter; use one such as {Shortened(Of(model))}.");
        if (Headers.Contains(name))
            throw new CExportException(model, $"{name}.h is a header of C itself; use a name such as {name}_net.");
        return name;
    }

    /// <summary>Returns the name of the files of a model.</summary>
    /// <exception cref="CExportException">It is too long, or that of a header of C.</exception>
    public static string OfModel(string model)
    {
        string identifier = Of(model);
        return identifier.Length <= Longest && !Headers.Contains(identifier)
            ? identifier
            : throw new CExportException(model, $"{(identifier.Length > Longest ? $"{identifier} is {identifier.Length} characters long, more than {Longest}" : $"{identifier}.h is a header of C itself")}; choose another name with CExportOptions.Name.");
    }

    /// <summary>Returns the identifiers of layers.</summary>
    /// <exception cref="CExportException">Two layers would have the same.</exception>
    public static IReadOnlyList<string> OfLayers(string model, IReadOnlyList<string> layers)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string layer in layers)
        {
            if (!known.TryAdd(Of(layer), layer))
                throw new CExportException(model, $"the layers {known[Of(layer)]} and {layer} would both be {Of(layer)} in C; rename one of them.");
        }

        return [.. layers.Select(Of)];
    }

    private static string Shortened(string identifier) => identifier[..Math.Min(Longest, identifier.Length)];
}
