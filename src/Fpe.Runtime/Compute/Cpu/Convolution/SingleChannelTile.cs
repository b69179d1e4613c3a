using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>
/// <see cref="ConvolutionTile"/> for a single channel of a result: several pixels at a time, so that a weight is loaded once for all of
/// them and no sum waits for itself. Convolutions of single channels consist of these.
/// </summary>
internal static unsafe class SingleChannelTile
{
    private const int Pixels = 4;

    /// <summary>y[p, l] = b + Σ_t w[t] · x[p, t, l], or y[p, l] += …, for the pixels p of a segment, one channel, and 16 lanes l.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="channel">The channel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute(ConvolutionSegment* segment, int channel)
    {
        float* weights = segment->Weights + channel * segment->WeightStride;
        float* x = segment->X;
        float* y = segment->Y + channel * segment->YStride;
        var bias = Vector256.Create(segment->Bias == null ? 0 : segment->Bias[channel]);
        int pixel = 0;
        for (; pixel <= segment->Pixels - Pixels; pixel += Pixels, x += Pixels * segment->XStep, y += Pixels * segment->YStep)
            ComputeFour(segment, weights, bias, x, y);
        for (; pixel < segment->Pixels; pixel++, x += segment->XStep, y += segment->YStep)
            ComputeOne(segment, weights, bias, x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ComputeFour(ConvolutionSegment* segment, float* weights, Vector256<float> bias, float* start, float* y)
    {
        Vector256<float> sum00 = bias, sum01 = bias, sum10 = bias, sum11 = bias, sum20 = bias, sum21 = bias, sum30 = bias, sum31 = bias;
        if (segment->Adds)
        {
            nint next = segment->YStep;
            (sum00, sum01) = (Vector256.Load(y), Vector256.Load(y + 8));
            (sum10, sum11) = (Vector256.Load(y + next), Vector256.Load(y + next + 8));
            (sum20, sum21) = (Vector256.Load(y + 2 * next), Vector256.Load(y + 2 * next + 8));
            (sum30, sum31) = (Vector256.Load(y + 3 * next), Vector256.Load(y + 3 * next + 8));
        }

        nint step = segment->XStep, weightStep = segment->Taps.WeightStep, tapStep = segment->Taps.XStep;
        for (int c = 0; c < segment->Channels.Count; c++)
        {
            for (int i = 0; i < segment->Rows.Count; i++)
            {
                float* w = weights + c * segment->Channels.WeightStep + i * segment->Rows.WeightStep;
                float* x = start + c * segment->Channels.XStep + i * segment->Rows.XStep;
                for (int j = segment->Taps.Count; j > 0; j--, w += weightStep, x += tapStep)
                {
                    var weight = Vector256.Create(*w);
                    float* next = x + 2 * step;
                    sum00 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(x), sum00);
                    sum01 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(x + 8), sum01);
                    sum10 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(x + step), sum10);
                    sum11 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(x + step + 8), sum11);
                    sum20 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(next), sum20);
                    sum21 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(next + 8), sum21);
                    sum30 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(next + step), sum30);
                    sum31 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(next + step + 8), sum31);
                }
            }
        }

        Store(segment, sum00, sum01, y);
        Store(segment, sum10, sum11, y += segment->YStep);
        Store(segment, sum20, sum21, y += segment->YStep);
        Store(segment, sum30, sum31, y + segment->YStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ComputeOne(ConvolutionSegment* segment, float* weights, Vector256<float> bias, float* start, float* y)
    {
        Vector256<float> sum0 = bias, sum1 = bias;
        if (segment->Adds)
            (sum0, sum1) = (Vector256.Load(y), Vector256.Load(y + 8));
        for (int c = 0; c < segment->Channels.Count; c++)
        {
            for (int i = 0; i < segment->Rows.Count; i++)
            {
                float* w = weights + c * segment->Channels.WeightStep + i * segment->Rows.WeightStep;
                float* x = start + c * segment->Channels.XStep + i * segment->Rows.XStep;
                for (int j = segment->Taps.Count; j > 0; j--, w += segment->Taps.WeightStep, x += segment->Taps.XStep)
                {
                    var weight = Vector256.Create(*w);
                    sum0 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(x), sum0);
                    sum1 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(x + 8), sum1);
                }
            }
        }

        Store(segment, sum0, sum1, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ConvolutionSegment* segment, Vector256<float> low, Vector256<float> high, float* y)
    {
        (segment->Relu ? Lanes8.Relu(low) : low).Store(y);
        (segment->Relu ? Lanes8.Relu(high) : high).Store(y + 8);
    }
}
