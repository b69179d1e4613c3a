using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>
/// Up to 8 samples without the empty lanes of a panel: [features][1, 2, 4 or 8 lanes]. A sample by itself is just its features, and
/// does not take a cache line for each.
/// </summary>
/// <param name="features">Values per sample.</param>
/// <param name="capacity">The largest batch of the activations this is a part of.</param>
internal sealed unsafe class FewSamples(int features, int capacity) : IDisposable
{
    /// <summary>The largest batch that is kept like this.</summary>
    public const int Maximum = 8;

    // kernels read whole vectors
    private const int Slack = 8;

    private readonly AlignedMemory memory = new(sizeof(float) * (Lanes(Math.Min(capacity, Maximum)) * (long)features + Slack));

    /// <summary>Feature 0 of the first sample.</summary>
    public float* Values => memory.Floats;

    /// <summary>Keeps the memory for a copy to or from the host.</summary>
    public MemoryLease Lease() => memory.Lease();

    /// <summary>Whether a batch is kept like this.</summary>
    public static bool Hold(int batch) => batch is > 0 and <= Maximum;

    /// <summary>Floats from a feature to the next: the power of 2 that holds the batch.</summary>
    public static int Lanes(int batch) => batch switch { > 4 => 8, > 2 => 4, _ => batch };

    /// <summary>Takes a batch from a panel.</summary>
    public void Take(float* panel, int batch)
    {
        for (int s = 0; s < batch; s++)
            CopyLane(panel + s, Panel.Width, Values + s, Lanes(batch), features);
    }

    /// <summary>Puts a batch into a panel.</summary>
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
