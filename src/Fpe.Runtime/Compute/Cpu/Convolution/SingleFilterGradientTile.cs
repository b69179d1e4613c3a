using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>Like <see cref="FilterGradientTile"/>, for a single filter and 6 taps at a time.</summary>
internal static unsafe class SingleFilterGradientTile
{
    /// <summary>Taps per tile.</summary>
    public const int Taps = 6;

    /// <summary>sums[t, l] += Σ_p dz[p, l] · x[t, p, l] over the pixels p of a row, where x[t, p] is 0 outside the image.</summary>
    /// <param name="row">The row.</param>
    /// <param name="sums">The sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(FilterGradientRow* row, Vector256<float>* sums)
    {
        (var sum0, var sum1, var sum2, var sum3, var sum4, var sum5) = (sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
        int start = Math.Max(
            Math.Max(row->Tap0.First, Math.Max(row->Tap1.First, row->Tap2.First)),
            Math.Max(row->Tap3.First, Math.Max(row->Tap4.First, row->Tap5.First)));
        int stop = Math.Min(
            Math.Min(row->Tap0.End, Math.Min(row->Tap1.End, row->Tap2.End)),
            Math.Min(row->Tap3.End, Math.Min(row->Tap4.End, row->Tap5.End)));
        for (int pixel = 0; pixel < row->Width;)
        {
            // pixels that are inside the image for all taps are processed together
            int end = pixel >= start && pixel < stop ? stop : pixel + 1;
            float* x0 = row->Tap0.At(pixel, row), x1 = row->Tap1.At(pixel, row), x2 = row->Tap2.At(pixel, row);
            float* x3 = row->Tap3.At(pixel, row), x4 = row->Tap4.At(pixel, row), x5 = row->Tap5.At(pixel, row);
            float* dz = row->Dz + pixel * Panel.Width;
            nint offset = 0;
            for (; pixel < end; pixel++)
            {
                for (int lane = row->FirstLane; lane < row->EndLane; lane += Vector256<float>.Count)
                {
                    var gradient = Vector256.Load(dz + lane);
                    sum0 = Vector256.MultiplyAddEstimate(Vector256.Load(x0 + offset + lane), gradient, sum0);
                    sum1 = Vector256.MultiplyAddEstimate(Vector256.Load(x1 + offset + lane), gradient, sum1);
                    sum2 = Vector256.MultiplyAddEstimate(Vector256.Load(x2 + offset + lane), gradient, sum2);
                    sum3 = Vector256.MultiplyAddEstimate(Vector256.Load(x3 + offset + lane), gradient, sum3);
                    sum4 = Vector256.MultiplyAddEstimate(Vector256.Load(x4 + offset + lane), gradient, sum4);
                    sum5 = Vector256.MultiplyAddEstimate(Vector256.Load(x5 + offset + lane), gradient, sum5);
                }

                dz += Panel.Width;
                offset += row->XStep;
            }
        }

        (sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]) = (sum0, sum1, sum2, sum3, sum4, sum5);
    }
}
