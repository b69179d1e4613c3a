using System.Globalization;

namespace Fpe.Data.Files;

/// <summary>Where in a file something is wrong; the default value names no place.</summary>
/// <param name="Unit">What is counted; null where the whole file is meant.</param>
/// <param name="Number">Bytes are counted from 0, in a compressed file those of its content; lines are counted from 1.</param>
public readonly record struct FilePlace(FilePlaceUnit? Unit, long Number)
{
    /// <summary>A byte, from 0.</summary>
    public static FilePlace Byte(long number) => new(FilePlaceUnit.Byte, number);

    /// <summary>A line, from 1.</summary>
    public static FilePlace Line(long number) => new(FilePlaceUnit.Line, number);

    /// <summary>Such as <c>byte 16</c> or <c>line 2</c>.</summary>
    public override string ToString() => Unit switch
    {
        FilePlaceUnit.Byte => string.Create(CultureInfo.InvariantCulture, $"byte {Number}"),
        FilePlaceUnit.Line => string.Create(CultureInfo.InvariantCulture, $"line {Number}"),
        _ => "",
    };
}
