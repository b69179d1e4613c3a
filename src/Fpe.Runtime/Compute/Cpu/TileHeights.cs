namespace Fpe.Compute.Cpu;

/// <summary>The number of rows (or columns) of a tile, known at compile time, so that the compiler drops the code of the others.</summary>
internal interface ITileHeight
{
    /// <summary>From 1 to 8.</summary>
    static abstract int Count { get; }
}

/// <summary>16 sums: half of a group, which fits into the 32 registers of AVX-512.</summary>
internal readonly struct Eight : ITileHeight
{
    public static int Count => 8;
}

/// <summary>12 sums: the most that 16 registers allow.</summary>
internal readonly struct Six : ITileHeight
{
    public static int Count => 6;
}

/// <summary>8 sums: the fewest that hide the latency of an addition.</summary>
internal readonly struct Four : ITileHeight
{
    public static int Count => 4;
}

/// <summary>For remainders.</summary>
internal readonly struct Two : ITileHeight
{
    public static int Count => 2;
}

/// <summary>For a remainder of one.</summary>
internal readonly struct One : ITileHeight
{
    public static int Count => 1;
}
