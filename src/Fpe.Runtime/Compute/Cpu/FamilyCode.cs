namespace Fpe.Compute.Cpu;

/// <summary>The code of an edge in a <see cref="FamilyCell"/>: one byte per column and family.</summary>
internal static class FamilyCode
{
    /// <summary>The bits of the index of the family's weight among those of the column in its group.</summary>
    public const int Weight = 0x0F;

    /// <summary>The bits of the row of the family that reads the column, and of <see cref="None"/>.</summary>
    public const int Reader = 0xF0;

    /// <summary>By how many bits the number of the row is shifted.</summary>
    public const int ReaderShift = 4;

    /// <summary>The family has no edge to the column.</summary>
    public const int None = 0x80;
}
