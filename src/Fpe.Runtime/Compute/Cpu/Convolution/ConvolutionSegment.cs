namespace Fpe.Compute.Cpu;

/// <summary>
/// A segment of a row of results of a convolution whose windows all contain the same part of the image: from one result to the next, only
/// the position of the window changes. Computing outputs from inputs and gradients of inputs from those of outputs are the same sums with
/// different steps.
/// </summary>
internal unsafe struct ConvolutionSegment
{
    /// <summary>
    /// Maximum number of terms that are summed at a time, so that the values of a window (20 KiB) stay in the first-level cache from one
    /// window to the next.
    /// </summary>
    public const int MaximumTerms = 320;

    /// <summary>Weight of the first term of the first result's sum.</summary>
    public float* Weights;

    /// <summary>Floats from a weight to the corresponding weight of the next channel of the results.</summary>
    public nint WeightStride;

    /// <summary>Bias of the first channel of the results; null for 0.</summary>
    public float* Bias;

    /// <summary>Whether to add to the results instead of starting with the bias.</summary>
    public bool Adds;

    /// <summary>Whether to end with f(z) = max(0, z).</summary>
    public bool Relu;

    /// <summary>Lanes of the first term of the first sum.</summary>
    public float* X;

    /// <summary>Lanes of the first result.</summary>
    public float* Y;

    /// <summary>Floats from a result to the corresponding result of the next channel.</summary>
    public nint YStride;

    /// <summary>Number of results per channel.</summary>
    public int Pixels;

    /// <summary>Floats from the terms of a result to those of the next.</summary>
    public nint XStep;

    /// <summary>Floats from a result to the next.</summary>
    public nint YStep;

    /// <summary>The terms of a sum: channels, rows of the window, and pixels of a row.</summary>
    public ConvolutionLoop Channels, Rows, Taps;
}

/// <summary>One loop over the terms of a sum.</summary>
/// <param name="Count">Number of iterations.</param>
/// <param name="WeightStep">Floats from a weight to that of the next iteration.</param>
/// <param name="XStep">Floats from a value to that of the next iteration.</param>
internal readonly record struct ConvolutionLoop(int Count, nint WeightStep, nint XStep);
