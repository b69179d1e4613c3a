using System.Globalization;
using System.Numerics;
using System.Text;

namespace Fpe.Embedded.Source;

/// <summary>Numbers and texts as C writes them.</summary>
internal static class CLiteral
{
    /// <summary>Returns the shortest text that is read back as the same number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite: C has no literal of it.</exception>
    public static string Of(float number) => WithPoint(Finite(number).ToString("R", CultureInfo.InvariantCulture)) + "f";

    /// <inheritdoc cref="Of(float)"/>
    public static string Of(double number) => WithPoint(Finite(number).ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Returns a text in UTF-8 as a string of plain characters.</summary>
    public static string Of(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (byte unit in Encoding.UTF8.GetBytes(text))
        {
            // Octal, since a hexadecimal escape has no end; and ? too, since two of them begin a trigraph.
            if (unit is >= (byte)' ' and <= (byte)'~' and not (byte)'"' and not (byte)'\\' and not (byte)'?')
                literal.Append((char)unit);
            else
                literal.Append('\\').Append(Convert.ToString(unit, 8).PadLeft(3, '0'));
        }

        return literal.Append('"').ToString();
    }

    private static T Finite<T>(T number)
        where T : INumber<T> =>
        T.IsFinite(number) ? number : throw new ArgumentOutOfRangeException(nameof(number), number, "C has literals of finite numbers only.");

    private static string WithPoint(string number)
    {
        string lower = number.ToLowerInvariant();
        return lower.Contains('.', StringComparison.Ordinal) || lower.Contains('e', StringComparison.Ordinal) ? lower : lower + ".0";
    }
}
