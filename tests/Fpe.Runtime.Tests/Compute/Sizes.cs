namespace Fpe.Runtime.Tests.Compute;

/// <summary>The sizes every kernel is tested at: all small ones, and those around whole vectors, tiles and panels.</summary>
internal static class Sizes
{
    public static readonly int[] Features = [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 32, 33];

    public static readonly int[] Batches = [0, 1, 2, 3, 5, 7, 8, 15, 16, 17, 31, 33, 63, 64, 65, 129];

    /// <summary>Activations that are filled exactly, and some with room to spare.</summary>
    public static int[] Capacities(int batch) => [Math.Max(1, batch), batch + 21];
}
