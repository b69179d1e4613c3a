using System.Globalization;
using System.Text;

// The compiler takes its handler from here instead of the framework's, whose culture is that of the thread.
namespace System.Runtime.CompilerServices;

/// <summary>
/// Makes every <c>$"…"</c> of an assembly that compiles this file use the invariant culture: messages, keys and reports have the
/// same digits, points and minus signs everywhere, so that they can be searched for and compared.
/// </summary>
internal readonly ref struct DefaultInterpolatedStringHandler
{
    private readonly StringBuilder text;

    /// <summary>Begins a string; called by compiled code, like all members.</summary>
    public DefaultInterpolatedStringHandler(int literalLength, int formattedCount) =>
        text = new StringBuilder(literalLength + (8 * formattedCount));

    public void AppendLiteral(string value) => text.Append(value);

    public void AppendFormatted(string? value) => text.Append(value);

    public void AppendFormatted<T>(T value, int alignment = 0, string? format = null)
    {
        string formatted = value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : value?.ToString() ?? "";
        text.Append(alignment < 0 ? formatted.PadRight(-alignment) : formatted.PadLeft(alignment));
    }

    public void AppendFormatted<T>(T value, string? format) => AppendFormatted(value, 0, format);

#if NET
    public void AppendFormatted(ReadOnlySpan<char> value) => text.Append(value);
#endif

    public string ToStringAndClear() => text.ToString();
}
