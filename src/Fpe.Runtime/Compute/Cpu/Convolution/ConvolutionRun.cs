namespace Fpe.Compute.Cpu;

/// <summary>
/// A row of results of a convolution that all see as much of the image: from one to the next, only the place of the window moves. Inputs
/// from outputs and outputs from inputs are the same sums, gone through in other steps.
/// </summary>
internal unsafe struct ConvolutionRun
{
    /// <summary>Weight of the first term of the first result's sum.</summary>
    public float* Weights;

    /// <summary>Floats from a weight to that of the next channel of the results.</summary>
    public nint WeightStride;

    /// <summary>Bias of the first channel of the results; null for 0.</summary>
    public float* Bias;

    /// <summary>Whether to end with f(z) = max(0, z).</summary>
    public bool Relu;

    /// <summary>Lanes of the first term of the first sum.</summary>
    public float* X;

    /// <summary>Lanes of the first result.</summary>
    public float* Y;

    /// <summary>Floats from a result to that of the next channel.</summary>
    public nint YStride;

    /// <summary>Results of each channel.</summary>
    public int Pixels;

    /// <summary>Floats from the terms of a result to those of the next.</summary>
    public nint XStep;

    /// <summary>Floats from a result to the next.</summary>
    public nint YStep;

    /// <summary>The terms of a sum: channels, rows of the window, and pixels of a row.</summary>
    public ConvolutionLoop Channels, Rows, Taps;
}

/// <summary>One loop over the terms of a sum.</summary>
/// <param name="Count">Turns.</param>
/// <param name="WeightStep">Floats from a weight to the next turn's.</param>
/// <param name="XStep">Floats from a value to the next turn's.</param>
internal readonly record struct ConvolutionLoop(int Count, nint WeightStep, nint XStep);
