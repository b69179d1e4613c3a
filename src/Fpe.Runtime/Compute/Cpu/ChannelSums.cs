using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>
/// Sums over the values of one channel of a batch. Only a few hundred values are summed per lane in single precision, then the sum
/// continues in double, so large batches of large images lose no precision.
/// </summary>
internal static unsafe class ChannelSums
{
    /// <summary>Number of vectors that are summed in single precision.</summary>
    private const int Vectors = 256;

    /// <summary>Σ (x − a) and Σ (x − a)².</summary>
    /// <param name="x">The channel in the first panel.</param>
    /// <param name="stride">Floats from one panel to the next.</param>
    /// <param name="places">Values per sample.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="about">a.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Sum, double Squares) Moments(float* x, nint stride, int places, int batch, float about)
    {
        double sum = 0, squares = 0;
        var a = Vector256.Create(about);
        Vector256<float> sum0 = default, sum1 = default, squares0 = default, squares1 = default;
        int summed = 0;
        for (int samples = batch; samples > 0; samples -= Panel.Width, x += stride)
        {
            var (is0, is1) = (LaneMask.Before(samples).AsSingle(), LaneMask.Before(samples - 8).AsSingle());
            for (int p = 0; p < places; p++)
            {
                var d0 = (Vector256.Load(x + p * Panel.Width) - a) & is0;
                var d1 = (Vector256.Load(x + p * Panel.Width + 8) - a) & is1;
                sum0 += d0;
                sum1 += d1;
                squares0 = Vector256.MultiplyAddEstimate(d0, d0, squares0);
                squares1 = Vector256.MultiplyAddEstimate(d1, d1, squares1);
                if (++summed < Vectors)
                    continue;
                sum += Vector256.Sum(sum0 + sum1);
                squares += Vector256.Sum(squares0 + squares1);
                sum0 = sum1 = squares0 = squares1 = default;
                summed = 0;
            }
        }

        return (sum + Vector256.Sum(sum0 + sum1), squares + Vector256.Sum(squares0 + squares1));
    }

    /// <summary>Σ x.</summary>
    /// <inheritdoc cref="Moments"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Of(float* x, nint stride, int places, int batch)
    {
        double sum = 0;
        Vector256<float> sum0 = default, sum1 = default;
        int summed = 0;
        for (int samples = batch; samples > 0; samples -= Panel.Width, x += stride)
        {
            var (is0, is1) = (LaneMask.Before(samples).AsSingle(), LaneMask.Before(samples - 8).AsSingle());
            for (int p = 0; p < places; p++)
            {
                sum0 += Vector256.Load(x + p * Panel.Width) & is0;
                sum1 += Vector256.Load(x + p * Panel.Width + 8) & is1;
                if (++summed < Vectors)
                    continue;
                sum += Vector256.Sum(sum0 + sum1);
                sum0 = sum1 = default;
                summed = 0;
            }
        }

        return sum + Vector256.Sum(sum0 + sum1);
    }

    /// <summary>Σ dy and Σ dy · (x − a).</summary>
    /// <param name="x">The channel in the first panel.</param>
    /// <param name="dy">The same channel of dy.</param>
    /// <param name="stride">Floats from one panel to the next.</param>
    /// <param name="places">Values per sample.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="about">a.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Sum, double Products) Products(float* x, float* dy, nint stride, int places, int batch, float about)
    {
        double sum = 0, products = 0;
        var a = Vector256.Create(about);
        Vector256<float> sum0 = default, sum1 = default, products0 = default, products1 = default;
        int summed = 0;
        for (int samples = batch; samples > 0; samples -= Panel.Width, x += stride, dy += stride)
        {
            var (is0, is1) = (LaneMask.Before(samples).AsSingle(), LaneMask.Before(samples - 8).AsSingle());
            for (int p = 0; p < places; p++)
            {
                var dy0 = Vector256.Load(dy + p * Panel.Width) & is0;
                var dy1 = Vector256.Load(dy + p * Panel.Width + 8) & is1;
                sum0 += dy0;
                sum1 += dy1;
                products0 = Vector256.MultiplyAddEstimate(dy0, (Vector256.Load(x + p * Panel.Width) - a) & is0, products0);
                products1 = Vector256.MultiplyAddEstimate(dy1, (Vector256.Load(x + p * Panel.Width + 8) - a) & is1, products1);
                if (++summed < Vectors)
                    continue;
                sum += Vector256.Sum(sum0 + sum1);
                products += Vector256.Sum(products0 + products1);
                sum0 = sum1 = products0 = products1 = default;
                summed = 0;
            }
        }

        return (sum + Vector256.Sum(sum0 + sum1), products + Vector256.Sum(products0 + products1));
    }
}
