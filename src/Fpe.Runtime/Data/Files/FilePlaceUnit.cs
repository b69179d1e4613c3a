namespace Fpe.Data.Files;

/// <summary>Specifies the unit of a <see cref="FilePlace"/>.</summary>
public enum FilePlaceUnit
{
    /// <summary>Bytes, from 0.</summary>
    Byte,

    /// <summary>Lines, from 1.</summary>
    Line,
}
