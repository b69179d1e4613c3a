using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>What a pooling layer makes of a window, in 8 lanes, known to the compiler.</summary>
internal unsafe interface IPooling
{
    /// <summary>The value of a window.</summary>
    static abstract Vector256<float> Value(float* window, SeenPixels* seen);

    /// <summary>Adds to the gradients by what a window sees what follows from that by its value.</summary>
    /// <param name="window">The first pixel that the window saw.</param>
    /// <param name="gradient">The gradient by its value.</param>
    /// <param name="dx">The gradients by what it saw.</param>
    /// <param name="seen">What the window sees.</param>
    static abstract void AddGradient(float* window, Vector256<float> gradient, float* dx, SeenPixels* seen);
}
