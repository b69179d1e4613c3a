using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Benchmarks.Timing;

/// <summary>
/// The most multiply-adds a core does: a loop of independent ones on registers, more than latency · throughput of any
/// processor so far. It is timed among the kernels, so that their fraction of it holds at whatever speed the core runs then.
/// </summary>
internal sealed class FmaPeak : IContestant
{
    private const int Iterations = 4096;
    private const int Accumulators = 12;

    private readonly LocalWork loop;
    private float sink;

    /// <summary>The loop for a vector width.</summary>
    /// <param name="bits">128, 256 or 512.</param>
    public FmaPeak(int bits)
    {
        Bits = bits;
        loop = new LocalWork(bits switch
        {
            512 => () => sink += Loop512(),
            256 => () => sink += Loop256(),
            _ => () => sink += Loop128(),
        });
    }

    /// <summary>The widths this processor has, the widest last.</summary>
    public static IReadOnlyList<int> Widths { get; } =
        Vector512.IsHardwareAccelerated ? [128, 256, 512] : Vector256.IsHardwareAccelerated ? [128, 256] : [128];

    /// <summary>The loop for the widest vectors of this processor.</summary>
    public static FmaPeak Widest() => new(Widths[^1]);

    /// <summary>Width of the vectors.</summary>
    public int Bits { get; }

    /// <summary>Additions and multiplications a call does.</summary>
    public double Operations => 2.0 * Accumulators * Iterations * (Bits / 32);

    /// <inheritdoc/>
    public double Run(int calls) => loop.Run(calls);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Loop128()
    {
        var (x, y) = (Vector128.Create(0.999f), Vector128.Create(1e-3f));
        Vector128<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int n = 0; n < Iterations; n++)
        {
            a = Vector128.FusedMultiplyAdd(a, x, y);
            b = Vector128.FusedMultiplyAdd(b, x, y);
            c = Vector128.FusedMultiplyAdd(c, x, y);
            d = Vector128.FusedMultiplyAdd(d, x, y);
            e = Vector128.FusedMultiplyAdd(e, x, y);
            f = Vector128.FusedMultiplyAdd(f, x, y);
            g = Vector128.FusedMultiplyAdd(g, x, y);
            h = Vector128.FusedMultiplyAdd(h, x, y);
            i = Vector128.FusedMultiplyAdd(i, x, y);
            j = Vector128.FusedMultiplyAdd(j, x, y);
            k = Vector128.FusedMultiplyAdd(k, x, y);
            l = Vector128.FusedMultiplyAdd(l, x, y);
        }

        return Vector128.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Loop256()
    {
        var (x, y) = (Vector256.Create(0.999f), Vector256.Create(1e-3f));
        Vector256<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int n = 0; n < Iterations; n++)
        {
            a = Vector256.FusedMultiplyAdd(a, x, y);
            b = Vector256.FusedMultiplyAdd(b, x, y);
            c = Vector256.FusedMultiplyAdd(c, x, y);
            d = Vector256.FusedMultiplyAdd(d, x, y);
            e = Vector256.FusedMultiplyAdd(e, x, y);
            f = Vector256.FusedMultiplyAdd(f, x, y);
            g = Vector256.FusedMultiplyAdd(g, x, y);
            h = Vector256.FusedMultiplyAdd(h, x, y);
            i = Vector256.FusedMultiplyAdd(i, x, y);
            j = Vector256.FusedMultiplyAdd(j, x, y);
            k = Vector256.FusedMultiplyAdd(k, x, y);
            l = Vector256.FusedMultiplyAdd(l, x, y);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Loop512()
    {
        var (x, y) = (Vector512.Create(0.999f), Vector512.Create(1e-3f));
        Vector512<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int n = 0; n < Iterations; n++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, y);
            b = Vector512.FusedMultiplyAdd(b, x, y);
            c = Vector512.FusedMultiplyAdd(c, x, y);
            d = Vector512.FusedMultiplyAdd(d, x, y);
            e = Vector512.FusedMultiplyAdd(e, x, y);
            f = Vector512.FusedMultiplyAdd(f, x, y);
            g = Vector512.FusedMultiplyAdd(g, x, y);
            h = Vector512.FusedMultiplyAdd(h, x, y);
            i = Vector512.FusedMultiplyAdd(i, x, y);
            j = Vector512.FusedMultiplyAdd(j, x, y);
            k = Vector512.FusedMultiplyAdd(k, x, y);
            l = Vector512.FusedMultiplyAdd(l, x, y);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }
}
