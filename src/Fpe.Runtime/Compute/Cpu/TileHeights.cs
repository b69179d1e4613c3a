namespace Fpe.Compute.Cpu;

/// <summary>The number of rows (or columns) of a register tile, known to the compiler: it drops the code of the others.</summary>
internal interface ITileHeight
{
    /// <summary>From 1 to 6.</summary>
    static abstract int Count { get; }
}

/// <summary>12 sums of 8 lanes: as many as 16 registers allow.</summary>
internal readonly struct Six : ITileHeight
{
    public static int Count => 6;
}

/// <summary>8 sums of 8 lanes: the fewest that hide the latency of an addition.</summary>
internal readonly struct Four : ITileHeight
{
    public static int Count => 4;
}

/// <summary>For what is left.</summary>
internal readonly struct Two : ITileHeight
{
    public static int Count => 2;
}

/// <summary>For the last.</summary>
internal readonly struct One : ITileHeight
{
    public static int Count => 1;
}
