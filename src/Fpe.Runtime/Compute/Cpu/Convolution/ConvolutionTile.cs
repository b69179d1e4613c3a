using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The inner loop of <see cref="CpuKernels.Conv2dForward"/> and of <see cref="CpuKernels.Conv2dInputGradient"/>: up to 6 channels of a
/// result × 16 lanes in registers. The terms are read in place, without copying windows first.
/// </summary>
internal static unsafe class ConvolutionTile
{
    /// <summary>y[m, p, l] = b[m] + Σ_t w[m, t] · x[p, t, l], or y[m, p, l] += …, for the pixels p of a segment, some channels m, and 16 lanes l.</summary>
    /// <typeparam name="TChannels">Number of channels to compute; if there are fewer, the last one is repeated.</typeparam>
    /// <param name="segment">The segment.</param>
    /// <param name="first">First channel.</param>
    /// <param name="count">Number of channels to store; at least 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute<TChannels>(ConvolutionSegment* segment, int first, int count)
        where TChannels : struct, ITileHeight
    {
        nint stride = segment->WeightStride;
        int last = count - 1;
        float* w0 = segment->Weights + first * stride;
        float* w1 = w0 + Math.Min(1, last) * stride, w2 = w0 + Math.Min(2, last) * stride, w3 = w0 + Math.Min(3, last) * stride;
        float* w4 = w0 + Math.Min(4, last) * stride, w5 = w0 + Math.Min(5, last) * stride;
        float* start = segment->X;
        float* y = segment->Y + first * segment->YStride;
        for (int pixel = segment->Pixels; pixel > 0; pixel--)
        {
            var sum00 = Vector256<float>.Zero;
            var sum01 = Vector256<float>.Zero;
            var sum10 = Vector256<float>.Zero;
            var sum11 = Vector256<float>.Zero;
            var sum20 = Vector256<float>.Zero;
            var sum21 = Vector256<float>.Zero;
            var sum30 = Vector256<float>.Zero;
            var sum31 = Vector256<float>.Zero;
            var sum40 = Vector256<float>.Zero;
            var sum41 = Vector256<float>.Zero;
            var sum50 = Vector256<float>.Zero;
            var sum51 = Vector256<float>.Zero;
            if (segment->Adds)
            {
                nint next = segment->YStride;
                (sum00, sum01) = Load(y);
                (sum10, sum11) = Load(y + Math.Min(1, last) * next);
                if (TChannels.Count > 2)
                {
                    (sum20, sum21) = Load(y + Math.Min(2, last) * next);
                    (sum30, sum31) = Load(y + Math.Min(3, last) * next);
                }

                if (TChannels.Count > 4)
                {
                    (sum40, sum41) = Load(y + Math.Min(4, last) * next);
                    (sum50, sum51) = Load(y + Math.Min(5, last) * next);
                }
            }
            else if (segment->Bias != null)
            {
                float* bias = segment->Bias + first;
                sum00 = sum01 = Vector256.Create(bias[0]);
                sum10 = sum11 = Vector256.Create(bias[Math.Min(1, last)]);
                if (TChannels.Count > 2)
                {
                    sum20 = sum21 = Vector256.Create(bias[Math.Min(2, last)]);
                    sum30 = sum31 = Vector256.Create(bias[Math.Min(3, last)]);
                }

                if (TChannels.Count > 4)
                {
                    sum40 = sum41 = Vector256.Create(bias[Math.Min(4, last)]);
                    sum50 = sum51 = Vector256.Create(bias[Math.Min(5, last)]);
                }
            }

            nint weightStep = segment->Taps.WeightStep, step = segment->Taps.XStep;
            nint channelWeight = 0;
            float* channel = start;
            for (int c = segment->Channels.Count; c > 0; c--)
            {
                nint rowWeight = channelWeight;
                float* row = channel;
                for (int i = segment->Rows.Count; i > 0; i--)
                {
                    nint t = rowWeight;
                    float* x = row;
                    for (int j = segment->Taps.Count; j > 0; j--)
                    {
                        var x0 = Vector256.Load(x);
                        var x1 = Vector256.Load(x + 8);
                        x += step;
                        var weight = Vector256.Create(w0[t]);
                        sum00 = Vector256.MultiplyAddEstimate(weight, x0, sum00);
                        sum01 = Vector256.MultiplyAddEstimate(weight, x1, sum01);
                        weight = Vector256.Create(w1[t]);
                        sum10 = Vector256.MultiplyAddEstimate(weight, x0, sum10);
                        sum11 = Vector256.MultiplyAddEstimate(weight, x1, sum11);
                        if (TChannels.Count > 2)
                        {
                            weight = Vector256.Create(w2[t]);
                            sum20 = Vector256.MultiplyAddEstimate(weight, x0, sum20);
                            sum21 = Vector256.MultiplyAddEstimate(weight, x1, sum21);
                            weight = Vector256.Create(w3[t]);
                            sum30 = Vector256.MultiplyAddEstimate(weight, x0, sum30);
                            sum31 = Vector256.MultiplyAddEstimate(weight, x1, sum31);
                        }

                        if (TChannels.Count > 4)
                        {
                            weight = Vector256.Create(w4[t]);
                            sum40 = Vector256.MultiplyAddEstimate(weight, x0, sum40);
                            sum41 = Vector256.MultiplyAddEstimate(weight, x1, sum41);
                            weight = Vector256.Create(w5[t]);
                            sum50 = Vector256.MultiplyAddEstimate(weight, x0, sum50);
                            sum51 = Vector256.MultiplyAddEstimate(weight, x1, sum51);
                        }

                        t += weightStep;
                    }

                    rowWeight += segment->Rows.WeightStep;
                    row += segment->Rows.XStep;
                }

                channelWeight += segment->Channels.WeightStep;
                channel += segment->Channels.XStep;
            }

            if (segment->Relu)
            {
                (sum00, sum01) = (Lanes8.Relu(sum00), Lanes8.Relu(sum01));
                (sum10, sum11) = (Lanes8.Relu(sum10), Lanes8.Relu(sum11));
                (sum20, sum21) = (Lanes8.Relu(sum20), Lanes8.Relu(sum21));
                (sum30, sum31) = (Lanes8.Relu(sum30), Lanes8.Relu(sum31));
                (sum40, sum41) = (Lanes8.Relu(sum40), Lanes8.Relu(sum41));
                (sum50, sum51) = (Lanes8.Relu(sum50), Lanes8.Relu(sum51));
            }

            float* result = y;
            Store(sum00, sum01, result);
            if (count > 1)
                Store(sum10, sum11, result += segment->YStride);
            if (TChannels.Count > 2 && count > 2)
                Store(sum20, sum21, result += segment->YStride);
            if (TChannels.Count > 3 && count > 3)
                Store(sum30, sum31, result += segment->YStride);
            if (TChannels.Count > 4 && count > 4)
                Store(sum40, sum41, result += segment->YStride);
            if (TChannels.Count > 5 && count > 5)
                Store(sum50, sum51, result + segment->YStride);
            start += segment->XStep;
            y += segment->YStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Low, Vector256<float> High) Load(float* y) => (Vector256.Load(y), Vector256.Load(y + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> low, Vector256<float> high, float* y)
    {
        low.Store(y);
        high.Store(y + 8);
    }
}
