namespace Fpe.Data.Files;

/// <summary>Specifies the unit of a <see cref="FilePlace"/>.</summary>
public enum FilePlaceUnit
{
    /// <summary>Bytes, from 0.</summary>
    Byte,

    /// <summary>Lines, from 1.</summary>
    Line,

    /// <summary>Rows, from 0.</summary>
    Row,

    /// <summary>Rows of a row group of a Parquet file, from 0.</summary>
    RowOfGroup,

    /// <summary>Rows of a record batch of an Arrow file, from 0.</summary>
    RowOfBatch,
}
