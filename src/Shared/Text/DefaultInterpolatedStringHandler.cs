using System.Globalization;
using System.Text;

// The compiler uses this handler instead of the framework's, which uses the culture of the thread.
namespace System.Runtime.CompilerServices;

/// <summary>
/// Makes every <c>$"…"</c> in an assembly that compiles this file use the invariant culture, so that messages, keys and reports have the
/// same digits, decimal points and minus signs everywhere and can be searched and compared.
/// </summary>
internal readonly ref struct DefaultInterpolatedStringHandler
{
    private readonly StringBuilder text;

    /// <summary>Starts a string. Like all members, it is called by compiled code.</summary>
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
