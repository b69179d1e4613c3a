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

    /// <summary>Finds the weights of a block that lie over the image.</summary>
    /// <param name="g">The convolution.</param>
    /// <param name="block">The block.</param>
    /// <param name="first">First of its columns.</param>
    /// <param name="end">End of its columns; <see cref="MaximumTaps"/> at most.</param>
    /// <param name="rows">Rows of the window that lie inside the image.</param>
    /// <param name="columns">Columns of the window that lie inside the image.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Find(ConvolutionGeometry* g, FilterBlock* block, int first, int end, (int First, int Count) rows, (int First, int Count) columns)
    {
        int count = 0;
        for (int c = first; c < end; c++)
        {
            (int channel, int i, int j) = g->PlaceOf(block->Columns[c]);
            Taps[count] = new FilterTap(c, ((channel * (nint)g->Height + i) * g->Width + j) * Panel.Width);
            count += (uint)(i - rows.First) < (uint)rows.Count && (uint)(j - columns.First) < (uint)columns.Count ? 1 : 0;
        }

        TapCount = count;
    }
}
