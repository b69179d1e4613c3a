using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>Mean and 1 / √(v + ε) of 8 samples, one per lane.</summary>
internal static class SampleMoments
{
    /// <summary>Computes the moments from sums over d = x − a, where a approximates the mean; its error is corrected in both.</summary>
    /// <param name="about">a.</param>
    /// <param name="sum">Σ d.</param>
    /// <param name="squares">Σ d².</param>
    /// <param name="count">Number of terms.</param>
    /// <param name="epsilon">ε.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> Mean, Vector256<float> Inverse) Of(
        Vector256<float> about, Vector256<float> sum, Vector256<float> squares, float count, float epsilon)
    {
        var error = sum / Vector256.Create(count);
        var variance = Vector256.Max(squares / Vector256.Create(count) - error * error, Vector256<float>.Zero);

        // differences from an infinite mean are not numbers
        var mean = Vector256.ConditionalSelect(Vector256.Equals(error, error), about + error, about);
        return (mean, Vector256<float>.One / Vector256.Sqrt(variance + Vector256.Create(epsilon)));
    }
}
