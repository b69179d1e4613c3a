using System.Globalization;
using System.Text;

namespace Fpe.Embedded.Source;

/// <summary>Makes C identifiers of names.</summary>
internal static class CIdentifiers
{
    // C99 (5.2.4.1) guarantees that the first 63 characters of a name count; suffixes such as _scratch_bytes take some.
    private const int Longest = 40;

    private static readonly HashSet<string> Keywords =
    [
        "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum", "extern", "float", "for", "goto", "if",
        "inline", "int", "long", "register", "restrict", "return", "short", "signed", "sizeof", "static", "struct", "switch", "typedef", "union",
        "unsigned", "void", "volatile", "while",
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
        if (Keywords.Contains(name))
            throw new CExportException(model, $"the name {name} is a word of C itself; use one such as {name}_net.");
        return name;
    }

    /// <summary>Returns the name of the files of a model.</summary>
    /// <exception cref="CExportException">It is too long, or a word of C itself.</exception>
    public static string OfModel(string model)
    {
        string identifier = Of(model);
        return identifier.Length <= Longest && !Keywords.Contains(identifier)
            ? identifier
            : throw new CExportException(model, $"{identifier} is {(identifier.Length > Longest ? $"{identifier.Length} characters long, more than {Longest}" : "a word of C itself")}; choose another with CExportOptions.Name.");
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
