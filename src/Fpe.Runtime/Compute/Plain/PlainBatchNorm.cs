using System.Numerics;

namespace Fpe.Compute.Plain;

/// <summary>
/// Batch normalisation of samples row by row, with sums in double precision. Statistics are the means of all channels, then
/// 1 / √(v + ε) of all channels.
/// </summary>
internal static class PlainBatchNorm<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Forward(
        int places, ReadOnlySpan<T> scale, ReadOnlySpan<T> shift, double epsilon, double momentum,
        Span<T> runningMean, Span<T> runningVariance, Span<T> statistics, ReadOnlySpan<T> x, Span<T> y)
    {
        int channels = scale.Length;
        int count = x.Length / channels;
        for (int c = 0; c < channels; c++)
        {
            double sum = 0;
            for (int i = 0; i < count; i++)
                sum += double.CreateTruncating(x[Element(c, i, places, channels)]);
            double mean = sum / count;

            double squares = 0;
            for (int i = 0; i < count; i++)
            {
                double difference = double.CreateTruncating(x[Element(c, i, places, channels)]) - mean;
                squares += difference * difference;
            }

            statistics[c] = T.CreateTruncating(mean);
            statistics[channels + c] = InverseDeviation(squares / count, epsilon);
            runningMean[c] = Follow(runningMean[c], momentum, mean);
            runningVariance[c] = Follow(runningVariance[c], momentum, squares / (count - 1));
            for (int i = 0; i < count; i++)
            {
                int e = Element(c, i, places, channels);
                y[e] = ((x[e] - statistics[c]) * statistics[channels + c] * scale[c]) + shift[c];
            }
        }
    }

    public static void Predict(
        int places, ReadOnlySpan<T> scale, ReadOnlySpan<T> shift, double epsilon, ReadOnlySpan<T> runningMean,
        ReadOnlySpan<T> runningVariance, ReadOnlySpan<T> x, Span<T> y)
    {
        for (int e = 0; e < x.Length; e++)
        {
            int c = e / places % scale.Length;
            T inverse = InverseDeviation(double.CreateTruncating(runningVariance[c]), epsilon);
            y[e] = ((x[e] - runningMean[c]) * inverse * scale[c]) + shift[c];
        }
    }

    public static void InputGradient(
        int places, ReadOnlySpan<T> scale, ReadOnlySpan<T> statistics, ReadOnlySpan<T> scaleGradient, ReadOnlySpan<T> shiftGradient,
        ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx)
    {
        int channels = scale.Length;
        T count = T.CreateChecked(x.Length / channels);
        for (int e = 0; e < x.Length; e++)
        {
            int c = e / places % channels;
            T mean = statistics[c], inverse = statistics[channels + c];
            T normalised = (x[e] - mean) * inverse;
            dx[e] = scale[c] * inverse * (dy[e] - (shiftGradient[c] / count) - (normalised * scaleGradient[c] / count));
        }
    }

    public static void ParameterGradient(
        int places, ReadOnlySpan<T> statistics, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> scaleGradient, Span<T> shiftGradient)
    {
        int channels = scaleGradient.Length;
        for (int c = 0; c < channels; c++)
        {
            double scaleSum = 0, shiftSum = 0;
            for (int i = 0; i < x.Length / channels; i++)
            {
                int e = Element(c, i, places, channels);
                scaleSum += double.CreateTruncating(dy[e] * (x[e] - statistics[c]) * statistics[channels + c]);
                shiftSum += double.CreateTruncating(dy[e]);
            }

            scaleGradient[c] = T.CreateTruncating(scaleSum);
            shiftGradient[c] = T.CreateTruncating(shiftSum);
        }
    }

    private static T InverseDeviation(double variance, double epsilon) => T.CreateTruncating(1 / Math.Sqrt(variance + epsilon));

    private static T Follow(T running, double momentum, double value) =>
        T.CreateTruncating(((1 - momentum) * double.CreateTruncating(running)) + (momentum * value));

    /// <summary>Returns the index of value i of a channel, counted place by place and sample by sample.</summary>
    private static int Element(int channel, int i, int places, int channels) =>
        (((i / places * channels) + channel) * places) + (i % places);
}
