using System.Globalization;

namespace Fpe.Data.Files;

/// <summary>The location of a problem in a file; the default value specifies no location.</summary>
/// <param name="Unit">The unit of <paramref name="Number"/>; null for the whole file.</param>
/// <param name="Number">
/// The number of the byte, from 0, of the line, from 1, or of the row, from 0. In a compressed file, bytes are those of the content.
/// </param>
/// <param name="Group">The number of the row group or record batch in which rows are counted, from 0; 0 for other units.</param>
public readonly record struct FilePlace(FilePlaceUnit? Unit, long Number, int Group = 0)
{
    /// <summary>Returns the location of a byte, counted from 0.</summary>
    public static FilePlace Byte(long number) => new(FilePlaceUnit.Byte, number);

    /// <summary>Returns the location of a line, counted from 1.</summary>
    public static FilePlace Line(long number) => new(FilePlaceUnit.Line, number);

    /// <summary>Returns the location of a row, counted from 0.</summary>
    public static FilePlace Row(long number) => new(FilePlaceUnit.Row, number);

    /// <summary>Returns the location of a row in a row group of a Parquet file, both counted from 0.</summary>
    public static FilePlace RowOfGroup(int group, long number) => new(FilePlaceUnit.RowOfGroup, number, group);

    /// <summary>Returns the location of a row in a record batch of an Arrow file, both counted from 0.</summary>
    public static FilePlace RowOfBatch(int batch, long number) => new(FilePlaceUnit.RowOfBatch, number, batch);

    /// <summary>Returns the location as text, such as <c>byte 16</c>, <c>line 2</c> or <c>row group 0, row 7</c>.</summary>
    public override string ToString() => Unit switch
    {
        FilePlaceUnit.Byte => string.Create(CultureInfo.InvariantCulture, $"byte {Number}"),
        FilePlaceUnit.Line => string.Create(CultureInfo.InvariantCulture, $"line {Number}"),
        FilePlaceUnit.Row => string.Create(CultureInfo.InvariantCulture, $"row {Number}"),
        FilePlaceUnit.RowOfGroup => string.Create(CultureInfo.InvariantCulture, $"row group {Group}, row {Number}"),
        FilePlaceUnit.RowOfBatch => string.Create(CultureInfo.InvariantCulture, $"record batch {Group}, row {Number}"),
        _ => "",
    };
}
