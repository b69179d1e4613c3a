namespace Fpe.Compute.Cpu;

/// <summary>The families of a band of rows.</summary>
internal unsafe struct FamilyBand
{
    /// <summary>Number of groups of families; a group fills the lanes of a vector.</summary>
    public int GroupCount;

    /// <summary>The outputs: [<see cref="GroupCount"/>][depth][lanes]; −1 if a family has fewer rows, or a group fewer families.</summary>
    public int* Rows;
}
