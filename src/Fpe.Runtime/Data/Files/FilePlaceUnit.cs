namespace Fpe.Data.Files;

/// <summary>What a <see cref="FilePlace"/> counts.</summary>
public enum FilePlaceUnit
{
    /// <summary>Bytes, from 0.</summary>
    Byte,

    /// <summary>Lines, from 1.</summary>
    Line,
}
