using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>
/// Up to 8 samples without the empty lanes of a panel: tiles of 4, 2 or 1 samples, in each feature by feature:
/// [features, samples of the tile]. A sample by itself is just its features, and a vector of weights meets no cache line for each.
/// </summary>
/// <param name="features">Values per sample.</param>
/// <param name="capacity">The largest batch of the activations this is a part of.</param>
internal sealed unsafe class FewSamples(int features, int capacity) : IDisposable
{
    /// <summary>The largest batch that is kept like this.</summary>
    public const int Maximum = 8;

    // activations are computed by whole vectors
    private const int Slack = 8;

    private readonly AlignedMemory memory = new(sizeof(float) * (Lanes(Math.Min(capacity, Maximum)) * (long)features + Slack));

    /// <summary>The first tile.</summary>
    public float* Values => memory.Floats;

    /// <summary>Whether a batch is kept like this.</summary>
    public static bool Hold(int batch) => batch is > 0 and <= Maximum;

    /// <summary>Samples of the tile that starts where so many are left.</summary>
    public static int TileOf(int samplesLeft) => samplesLeft > 2 ? 4 : samplesLeft;

    /// <summary>Samples of all tiles of a batch: a tile may have one to spare.</summary>
    public static int Lanes(int batch)
    {
        int whole = Math.Max(0, batch - 1) / 4 * 4;
        return whole + TileOf(batch - whole);
    }

    /// <summary>Feature 0 of a sample of a batch.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="batch">Samples of the batch.</param>
    /// <param name="stride">Floats from a feature to the next.</param>
    public float* Lane(int sample, int batch, out int stride)
    {
        int first = sample / 4 * 4;
        stride = TileOf(batch - first);
        return Values + first * (nint)features + sample % 4;
    }

    /// <summary>Takes a batch from a panel.</summary>
    public void Take(float* panel, int batch)
    {
        for (int s = 0; s < batch; s++)
        {
            float* lane = Lane(s, batch, out int stride);
            CopyLane(panel + s, Panel.Width, lane, stride, features);
        }
    }

    /// <summary>Puts a batch into a panel.</summary>
    public void Put(float* panel, int batch)
    {
        for (int s = 0; s < batch; s++)
        {
            float* lane = Lane(s, batch, out int stride);
            CopyLane(lane, stride, panel + s, Panel.Width, features);
        }
    }

    public void Dispose() => memory.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyLane(float* source, int sourceStride, float* target, int targetStride, int count)
    {
        for (int i = 0; i < count; i++, source += sourceStride, target += targetStride)
            *target = *source;
    }
}
