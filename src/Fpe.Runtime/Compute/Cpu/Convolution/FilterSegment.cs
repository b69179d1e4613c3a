using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>
/// A block of filters over a segment of a row of the output whose windows all contain the same part of the image, with the weights inside
/// it.
/// </summary>
internal unsafe struct FilterSegment
{
    /// <summary>Maximum number of weights that are processed at a time, so that their inputs (16 KiB) stay in the first-level cache.</summary>
    public const int MaximumTaps = 256;

    /// <summary>The weights inside the image.</summary>
    public FilterTap* Taps;

    public int TapCount;

    /// <summary>First weight of the first filter.</summary>
    public float* Weights;

    /// <summary>Floats from the weights of one filter to those of the next.</summary>
    public nint WeightStride;

    /// <summary>The filters.</summary>
    public int* Filters;

    public int FilterCount;

    /// <summary>Biases of all filters; null to add to the outputs.</summary>
    public float* Bias;

    /// <summary>Whether to end with f(z) = max(0, z).</summary>
    public bool Relu;

    /// <summary>Lanes of the first pixel of the first window, which may be outside the image.</summary>
    public float* Image;

    /// <summary>Floats from one window to the next.</summary>
    public nint ImageStep;

    /// <summary>Lanes of the first output of filter 0.</summary>
    public float* Output;

    /// <summary>Floats from one filter to the next.</summary>
    public nint OutputStride;

    /// <summary>Number of outputs per filter.</summary>
    public int Pixels;

    public VectorWidth Width;

    /// <summary>Determines the weights inside the image.</summary>
    /// <param name="places">The positions of the weights of the block.</param>
    /// <param name="first">Index of the first of these weights in a filter.</param>
    /// <param name="count">Weights; <see cref="MaximumTaps"/> at most.</param>
    /// <param name="rows">Rows of the window inside the image.</param>
    /// <param name="columns">Columns of the window inside the image.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Find(FilterPlace* places, int first, int count, (int First, int Count) rows, (int First, int Count) columns)
    {
        int found = 0;
        for (int p = 0; p < count; p++)
        {
            // no branch, because the end of the window is not predictable
            Taps[found] = new FilterTap(first + p, places[p].Distance);
            found += ((uint)(places[p].Row - rows.First) < (uint)rows.Count ? 1 : 0)
                & ((uint)(places[p].Column - columns.First) < (uint)columns.Count ? 1 : 0);
        }

        TapCount = found;
    }
}
