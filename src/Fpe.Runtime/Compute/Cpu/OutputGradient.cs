using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>
/// Prepares the gradient with respect to the outputs for <see cref="CpuKernels.EdgeWeightGradient"/>: dy becomes dz, and is added to the
/// sums of the bias gradient.
/// </summary>
internal static unsafe class OutputGradient
{
    /// <summary>Number of partial sums per row: one vector, folded at the end.</summary>
    public const int SumWidth = 8;

    /// <summary>dz = dy ⊙ f′(z), and sums[r] += dz[r], for some rows and the samples of a panel; dy is unchanged.</summary>
    /// <param name="function">f.</param>
    /// <param name="argument">Feature 0 of the panel of z where f needs it, otherwise of y.</param>
    /// <param name="dy">Feature 0 of the panel of dy.</param>
    /// <param name="rows">Offsets of the rows in a panel.</param>
    /// <param name="rowCount">Number of rows.</param>
    /// <param name="samples">Samples of the panel; further lanes are computed, but not summed.</param>
    /// <param name="dz">Receives dz: [rowCount, 16].</param>
    /// <param name="sums">One vector of sums per row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfPanel(
        ElementFunction function, float* argument, float* dy, uint* rows, int rowCount, int samples, float* dz, float* sums)
    {
        if (function.Kind == ActivationFunction.Identity)
            Copy(dy, rows, rowCount, dz);
        else if (function.Kind == ActivationFunction.Relu)
            Rectify(argument, dy, rows, rowCount, dz);
        else
            TimesCurve(function, argument, dy, rows, rowCount, dz);
        for (int r = 0; r < rowCount; r++)
            Add(Vector256.Load(dz + r * Panel.Width), Vector256.Load(dz + r * Panel.Width + 8), samples, sums + r * SumWidth);
    }

    /// <summary>sums[r] += dz[r], for some rows and the samples of a panel.</summary>
    /// <param name="dz">Feature 0 of the panel of dz.</param>
    /// <param name="rows">Offsets of the rows in a panel.</param>
    /// <param name="rowCount">Number of rows.</param>
    /// <param name="samples">Samples of the panel.</param>
    /// <param name="sums">One vector of sums per row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum(float* dz, uint* rows, int rowCount, int samples, float* sums)
    {
        for (int r = 0; r < rowCount; r++)
            Add(Vector256.Load(dz + rows[r]), Vector256.Load(dz + rows[r] + 8), samples, sums + r * SumWidth);
    }

    /// <summary>db[rows[r]] = the sum of the lanes of sums[r].</summary>
    /// <param name="sums">One vector of sums per row.</param>
    /// <param name="rows">Offsets of the rows in a panel.</param>
    /// <param name="rowCount">Number of rows.</param>
    /// <param name="db">One element per output.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fold(float* sums, uint* rows, int rowCount, float* db)
    {
        float* folded = stackalloc float[8];
        for (int first = 0; first < rowCount; first += 8, sums += 8 * SumWidth)
        {
            // if there are fewer than 8 rows, the last one is repeated
            int last = Math.Min(7, rowCount - first - 1);
            Transpose.Sums(
                Row(sums, 0), Row(sums, Math.Min(1, last)), Row(sums, Math.Min(2, last)), Row(sums, Math.Min(3, last)),
                Row(sums, Math.Min(4, last)), Row(sums, Math.Min(5, last)), Row(sums, Math.Min(6, last)), Row(sums, last)).Store(folded);
            for (int r = 0; r <= last; r++)
                db[rows[first + r] / Panel.Width] = folded[r];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy(float* dy, uint* rows, int rowCount, float* dz)
    {
        for (int r = 0; r < rowCount; r++, dz += Panel.Width)
        {
            Vector256.Load(dy + rows[r]).Store(dz);
            Vector256.Load(dy + rows[r] + 8).Store(dz + 8);
        }
    }

    /// <summary>For ReLU: a loop with a call keeps no vector in a register, so those of other functions have one of their own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rectify(float* y, float* dy, uint* rows, int rowCount, float* dz)
    {
        for (int r = 0; r < rowCount; r++, dz += Panel.Width)
        {
            CpuKernels.Rectified(Vector256.Load(y + rows[r]), Vector256.Load(dy + rows[r])).Store(dz);
            CpuKernels.Rectified(Vector256.Load(y + rows[r] + 8), Vector256.Load(dy + rows[r] + 8)).Store(dz + 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TimesCurve(ElementFunction function, float* argument, float* dy, uint* rows, int rowCount, float* dz)
    {
        for (int r = 0; r < rowCount; r++, dz += Panel.Width)
        {
            CpuKernels.TimesCurve(function, Vector256.Load(argument + rows[r]), Vector256.Load(dy + rows[r])).Store(dz);
            CpuKernels.TimesCurve(function, Vector256.Load(argument + rows[r] + 8), Vector256.Load(dy + rows[r] + 8)).Store(dz + 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector256<float> first, Vector256<float> second, int samples, float* sum)
    {
        var before = Vector256.Load(sum);
        var after = samples == Panel.Width
            ? before + (first + second)
            : before + (first & LaneMask.Before(samples).AsSingle()) + (second & LaneMask.Before(samples - 8).AsSingle());
        after.Store(sum);
    }

    private static Vector256<float> Row(float* sums, int row) => Vector256.Load(sums + row * SumWidth);
}
