using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>The tokens of a batch: panels with a row of lanes for each place.</summary>
internal readonly unsafe struct CpuTokens(CpuActivations tokens, int batch)
{
    /// <summary>The first panel.</summary>
    public readonly float* Values = tokens.Values;

    /// <summary>Floats from one panel to the next.</summary>
    public readonly nint Stride = tokens.PanelStride;

    /// <summary>Tokens of a sample.</summary>
    public readonly int Places = tokens.Features;

    /// <summary>Samples.</summary>
    public readonly int Batch = batch;

    /// <summary>Returns the address of the first token of a sample; the next is <see cref="Panel.Width"/> floats further.</summary>
    public float* Sample(int s) => Values + s / Panel.Width * Stride + s % Panel.Width;

    /// <summary>Returns a mask of the lanes whose token is not negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Present(float* tokens) => ~Vector256.LessThan(Vector256.Load(tokens), Vector256<float>.Zero);

    /// <summary>Checks that all tokens are rows of a table, or negative.</summary>
    /// <exception cref="ArgumentException">A token is not.</exception>
    public void Check(int vocabulary)
    {
        if (AreValid(in this, vocabulary))
            return;
        for (int s = 0; s < Batch; s++)
        {
            for (int p = 0; p < Places; p++)
                KernelIndices.CheckToken(Sample(s)[p * Panel.Width], vocabulary, s, p);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AreValid(in CpuTokens tokens, int vocabulary)
    {
        var end = Vector256.Create((float)vocabulary);
        var invalid = Vector256<float>.Zero;
        for (int first = 0; first < tokens.Batch; first += Vector256<float>.Count)
        {
            var isSample = LaneMask.Before(tokens.Batch - first).AsSingle();
            float* token = tokens.Sample(first);
            for (int p = 0; p < tokens.Places; p++, token += Panel.Width)
            {
                var value = Vector256.Load(token);
                var isRow = Vector256.LessThan(value, end) & Vector256.Equals(Vector256.Truncate(value), value);
                invalid |= Vector256.AndNot(isSample, isRow | Vector256.LessThan(value, Vector256<float>.Zero));
            }
        }

        return Vector256.EqualsAll(invalid.AsInt32(), Vector256<int>.Zero);
    }
}
