namespace Fpe.Compute.Cpu;

/// <summary>The edges of a <see cref="CpuCell"/> by column and family, see <see cref="CpuFamilies"/>.</summary>
internal unsafe struct FamilyCell
{
    /// <summary>Index of the cell's first weight in a buffer over the edges.</summary>
    public int FirstWeight;

    /// <summary>Input of column 0.</summary>
    public int FirstInput;

    /// <summary>Number of columns that have edges.</summary>
    public int ColumnCount;

    /// <summary>Group by group, where each column lies: [groups][<see cref="ColumnCount"/>].</summary>
    public FamilyPlace* Places;

    /// <summary>A <see cref="FamilyCode"/> per lane: [groups][<see cref="ColumnCount"/>][lanes].</summary>
    public byte* Codes;

    /// <summary>Whether every lane of every column has an edge, so that weights have the order of lanes.</summary>
    public bool IsWhole;
}

/// <summary>A column in a group of families.</summary>
/// <param name="Weight">Index of its first weight in the cell.</param>
/// <param name="Column">Its number in the cell.</param>
internal readonly record struct FamilyPlace(ushort Weight, ushort Column);
