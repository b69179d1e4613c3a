using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>
/// A block of filters at places of a row of the output whose windows all see as much of the image, with the weights that lie over it.
/// </summary>
internal unsafe struct FilterRun
{
    /// <summary>Weights of a block that are gone through at a time: what they multiply (16 KiB) stays in the first-level cache.</summary>
    public const int MaximumTaps = 256;

    /// <summary>The weights that lie over the image.</summary>
    public FilterTap* Taps;

    public int TapCount;

    /// <summary>First weight of the first filter.</summary>
    public float* Weights;

    /// <summary>Floats from a filter's weights to the next one's.</summary>
    public nint WeightStride;

    /// <summary>The filters.</summary>
    public int* Filters;

    public int FilterCount;

    /// <summary>Biases of all filters; null to add to the outputs.</summary>
    public float* Bias;

    /// <summary>Whether to end with f(z) = max(0, z).</summary>
    public bool Relu;

    /// <summary>Lanes of the first pixel of the first window, which may lie outside the image.</summary>
    public float* Image;

    /// <summary>Floats from a window to the next.</summary>
    public nint ImageStep;

    /// <summary>Lanes of the first output of filter 0.</summary>
    public float* Output;

    /// <summary>Floats from a filter to the next.</summary>
    public nint OutputStride;

    /// <summary>Outputs of each filter.</summary>
    public int Pixels;

    public VectorWidth Width;

    /// <summary>Finds the weights that lie over the image.</summary>
    /// <param name="places">Where weights of the block lie.</param>
    /// <param name="first">Which weight of a filter the first is.</param>
    /// <param name="count">Weights; <see cref="MaximumTaps"/> at most.</param>
    /// <param name="rows">Rows of the window that lie inside the image.</param>
    /// <param name="columns">Columns of the window that lie inside the image.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Find(FilterPlace* places, int first, int count, (int First, int Count) rows, (int First, int Count) columns)
    {
        int found = 0;
        for (int p = 0; p < count; p++)
        {
            // no branch: where the window ends is not to be foreseen
            Taps[found] = new FilterTap(first + p, places[p].Distance);
            found += ((uint)(places[p].Row - rows.First) < (uint)rows.Count ? 1 : 0)
                & ((uint)(places[p].Column - columns.First) < (uint)columns.Count ? 1 : 0);
        }

        TapCount = found;
    }
}
