using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The inner loop of <see cref="CpuKernels.Conv2dWeightGradient"/>: 3 taps × 4 filters in registers. A vector holds samples, which are
/// summed only at the end, so nothing is transposed.
/// </summary>
internal static unsafe class FilterGradientTile
{
    /// <summary>Taps per tile: the width of most windows.</summary>
    public const int Taps = 3;

    /// <summary>Filters per tile.</summary>
    public const int Filters = 4;

    /// <summary>Sums per tile: [taps, filters].</summary>
    public const int Sums = Taps * Filters;

    /// <summary>sums[t, f, l] += Σ_p dz[f, p, l] · x[t, p, l] over the pixels p of a row, where x[t, p] is 0 outside the image.</summary>
    /// <param name="row">The row.</param>
    /// <param name="sums">The sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(FilterGradientRow* row, Vector256<float>* sums)
    {
        (var sum00, var sum01, var sum02, var sum03) = (sums[0], sums[1], sums[2], sums[3]);
        (var sum10, var sum11, var sum12, var sum13) = (sums[4], sums[5], sums[6], sums[7]);
        (var sum20, var sum21, var sum22, var sum23) = (sums[8], sums[9], sums[10], sums[11]);
        int start = Math.Max(row->Tap0.First, Math.Max(row->Tap1.First, row->Tap2.First));
        int stop = Math.Min(row->Tap0.End, Math.Min(row->Tap1.End, row->Tap2.End));
        for (int pixel = 0; pixel < row->Width;)
        {
            // pixels that are inside the image for all taps are processed together
            int end = pixel >= start && pixel < stop ? stop : pixel + 1;
            float* x0 = row->Tap0.At(pixel, row), x1 = row->Tap1.At(pixel, row), x2 = row->Tap2.At(pixel, row);
            float* dz0 = row->Dz + pixel * Panel.Width;
            float* dz1 = dz0 + row->Filter1, dz2 = dz0 + row->Filter2, dz3 = dz0 + row->Filter3;
            nint dzOffset = 0, xOffset = 0, step = row->XStep - Panel.Width;
            for (; pixel < end; pixel++)
            {
                for (int lane = row->FirstLane; lane < row->EndLane; lane += Vector256<float>.Count)
                {
                    var input0 = Vector256.Load(x0 + xOffset + lane);
                    var input1 = Vector256.Load(x1 + xOffset + lane);
                    var input2 = Vector256.Load(x2 + xOffset + lane);
                    var gradient = Vector256.Load(dz0 + dzOffset + lane);
                    sum00 = Vector256.MultiplyAddEstimate(input0, gradient, sum00);
                    sum10 = Vector256.MultiplyAddEstimate(input1, gradient, sum10);
                    sum20 = Vector256.MultiplyAddEstimate(input2, gradient, sum20);
                    gradient = Vector256.Load(dz1 + dzOffset + lane);
                    sum01 = Vector256.MultiplyAddEstimate(input0, gradient, sum01);
                    sum11 = Vector256.MultiplyAddEstimate(input1, gradient, sum11);
                    sum21 = Vector256.MultiplyAddEstimate(input2, gradient, sum21);
                    gradient = Vector256.Load(dz2 + dzOffset + lane);
                    sum02 = Vector256.MultiplyAddEstimate(input0, gradient, sum02);
                    sum12 = Vector256.MultiplyAddEstimate(input1, gradient, sum12);
                    sum22 = Vector256.MultiplyAddEstimate(input2, gradient, sum22);
                    gradient = Vector256.Load(dz3 + dzOffset + lane);
                    sum03 = Vector256.MultiplyAddEstimate(input0, gradient, sum03);
                    sum13 = Vector256.MultiplyAddEstimate(input1, gradient, sum13);
                    sum23 = Vector256.MultiplyAddEstimate(input2, gradient, sum23);
                }

                dzOffset += Panel.Width;
                xOffset += step + Panel.Width;
            }
        }

        (sums[0], sums[1], sums[2], sums[3]) = (sum00, sum01, sum02, sum03);
        (sums[4], sums[5], sums[6], sums[7]) = (sum10, sum11, sum12, sum13);
        (sums[8], sums[9], sums[10], sums[11]) = (sum20, sum21, sum22, sum23);
    }
}

/// <summary>A row of gradients with respect to the outputs, and the inputs of some taps of the window for this row.</summary>
internal unsafe struct FilterGradientRow
{
    /// <summary>Gradients of the first filter.</summary>
    public float* Dz;

    /// <summary>Floats from <see cref="Dz"/> to the gradients of the other filters.</summary>
    public nint Filter1, Filter2, Filter3;

    /// <summary>Pixels of the row.</summary>
    public int Width;

    /// <summary>Floats from the input of a pixel to that of the next.</summary>
    public nint XStep;

    /// <summary>Lanes to add.</summary>
    public int FirstLane, EndLane;

    /// <summary>16 zeros.</summary>
    public float* Zeros;

    /// <summary>The taps; from the fourth on only for a single filter.</summary>
    public FilterGradientTap Tap0, Tap1, Tap2, Tap3, Tap4, Tap5;
}

/// <summary>One tap of the window.</summary>
/// <param name="x">Address of its input at pixel 0 of the row, if that is inside the image.</param>
/// <param name="first">First pixel of the row for which its input is inside the image.</param>
/// <param name="end">End of those pixels.</param>
internal readonly unsafe struct FilterGradientTap(float* x, int first, int end)
{
    public int First => first;

    public int End => end;

    public float* At(int pixel, FilterGradientRow* row) => pixel >= first && pixel < end ? x + pixel * row->XStep : row->Zeros;
}
