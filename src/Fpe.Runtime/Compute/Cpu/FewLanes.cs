using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>Vectors over <see cref="FewSamples"/>: one holds 8, 4, 2 or 1 features of 1, 2, 4 or 8 lanes.</summary>
internal static unsafe class FewLanes
{
    /// <summary>Spreads consecutive values of features over the lanes of a vector of these features.</summary>
    /// <param name="values">The value of the vector's first feature; 8 values must be readable.</param>
    /// <param name="lanes">Floats per feature: 1, 2, 4 or 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Spread(float* values, int lanes) => lanes switch
    {
        1 => Vector256.Load(values),
        2 => Vector256.Shuffle(Vector256.Load(values), Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3)),
        4 => Vector256.Shuffle(Vector256.Load(values), Vector256.Create(0, 0, 0, 0, 1, 1, 1, 1)),
        _ => Vector256.Create(*values),
    };

    /// <summary>Returns the sum over the features of a vector, in all lanes of each sample.</summary>
    /// <param name="sums">Partial sums over features.</param>
    /// <param name="lanes">Floats per feature: 1, 2, 4 or 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Fold(Vector256<float> sums, int lanes)
    {
        if (lanes < 8)
            sums += Vector256.Shuffle(sums, Vector256.Create(4, 5, 6, 7, 0, 1, 2, 3));
        if (lanes < 4)
            sums += Vector256.Shuffle(sums, Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5));
        if (lanes < 2)
            sums += Vector256.Shuffle(sums, Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6));
        return sums;
    }
}
