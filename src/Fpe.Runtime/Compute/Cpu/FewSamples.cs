using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>
/// Up to 8 samples without the empty lanes of a panel: [features][1, 2, 4 or 8 lanes]. A single sample is stored as its features, without
/// one cache line per feature.
/// </summary>
/// <param name="features">Values per sample.</param>
/// <param name="capacity">Capacity of the activations that this belongs to.</param>
internal sealed unsafe class FewSamples(int features, int capacity) : IDisposable
{
    /// <summary>The largest batch that is stored this way.</summary>
    public const int Maximum = 8;

    // kernels read whole vectors
    private const int Slack = 8;

    private readonly AlignedMemory memory = new(sizeof(float) * (Lanes(Math.Min(capacity, Maximum)) * (long)features + Slack));

    /// <summary>Address of feature 0 of the first sample.</summary>
    public float* Values => memory.Floats;

    /// <summary>Keeps the memory alive for a copy to or from the host.</summary>
    public MemoryLease Lease() => memory.Lease();

    /// <summary>Returns whether a batch is stored this way.</summary>
    public static bool Hold(int batch) => batch is > 0 and <= Maximum;

    /// <summary>Returns the floats from one feature to the next: the smallest power of 2 that holds the batch.</summary>
    public static int Lanes(int batch) => batch switch { > 4 => 8, > 2 => 4, _ => batch };

    /// <summary>Returns the binary logarithm of <see cref="Lanes"/>.</summary>
    public static int ShiftOf(int batch) => batch switch { > 4 => 3, > 2 => 2, _ => batch - 1 };

    /// <summary>Copies a batch from a panel.</summary>
    public void Take(float* panel, int batch)
    {
        for (int s = 0; s < batch; s++)
            CopyLane(panel + s, Panel.Width, Values + s, Lanes(batch), features);
    }

    /// <summary>Copies a batch to a panel.</summary>
    public void Put(float* panel, int batch)
    {
        for (int s = 0; s < batch; s++)
            CopyLane(Values + s, Lanes(batch), panel + s, Panel.Width, features);
    }

    public void Dispose() => memory.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyLane(float* source, int sourceStride, float* target, int targetStride, int count)
    {
        for (int i = 0; i < count; i++, source += sourceStride, target += targetStride)
            *target = *source;
    }
}
