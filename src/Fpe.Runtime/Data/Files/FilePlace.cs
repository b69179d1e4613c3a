using System.Globalization;

namespace Fpe.Data.Files;

/// <summary>The location of a problem in a file; the default value specifies no location.</summary>
/// <param name="Unit">The unit of <paramref name="Number"/>; null for the whole file.</param>
/// <param name="Number">The number of the byte, from 0, or of the line, from 1. In a compressed file, bytes are those of the content.</param>
public readonly record struct FilePlace(FilePlaceUnit? Unit, long Number)
{
    /// <summary>Returns the location of a byte, counted from 0.</summary>
    public static FilePlace Byte(long number) => new(FilePlaceUnit.Byte, number);

    /// <summary>Returns the location of a line, counted from 1.</summary>
    public static FilePlace Line(long number) => new(FilePlaceUnit.Line, number);

    /// <summary>Returns the location as text, such as <c>byte 16</c> or <c>line 2</c>.</summary>
    public override string ToString() => Unit switch
    {
        FilePlaceUnit.Byte => string.Create(CultureInfo.InvariantCulture, $"byte {Number}"),
        FilePlaceUnit.Line => string.Create(CultureInfo.InvariantCulture, $"line {Number}"),
        _ => "",
    };
}
