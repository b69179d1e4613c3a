using System.Numerics;

namespace Fpe.Compute.Plain;

/// <summary>
/// Batch normalisation of samples row by row. Statistics are the means of all channels, then 1 / √(v + ε) of all channels.
/// </summary>
internal static class PlainBatchNorm<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Forward(
        int places, ReadOnlySpan<T> scale, ReadOnlySpan<T> shift, double epsilon, double momentum,
        Span<T> runningMean, Span<T> runningVariance, Span<T> statistics, ReadOnlySpan<T> x, Span<T> y)
    {
        int channels = scale.Length;
        T count = T.CreateChecked(x.Length / channels);
        T weight = T.CreateTruncating(momentum), rest = T.CreateTruncating(1 - momentum);
        Span<T> mean = statistics[..channels], inverse = statistics[channels..], squares = inverse;
        statistics.Clear();
        for (int e = 0; e < x.Length; e++)
            mean[Channel(e, places, channels)] += x[e] / count;
        for (int e = 0; e < x.Length; e++)
        {
            int c = Channel(e, places, channels);
            squares[c] += (x[e] - mean[c]) * (x[e] - mean[c]);
        }

        for (int c = 0; c < channels; c++)
        {
            runningMean[c] = (rest * runningMean[c]) + (weight * mean[c]);
            runningVariance[c] = (rest * runningVariance[c]) + (weight * squares[c] / (count - T.One));
            inverse[c] = InverseDeviation(squares[c] / count, epsilon);
        }

        for (int e = 0; e < x.Length; e++)
        {
            int c = Channel(e, places, channels);
            y[e] = ((x[e] - mean[c]) * inverse[c] * scale[c]) + shift[c];
        }
    }

    public static void Predict(
        int places, ReadOnlySpan<T> scale, ReadOnlySpan<T> shift, double epsilon, ReadOnlySpan<T> runningMean,
        ReadOnlySpan<T> runningVariance, ReadOnlySpan<T> x, Span<T> y)
    {
        for (int e = 0; e < x.Length; e++)
        {
            int c = Channel(e, places, scale.Length);
            y[e] = ((x[e] - runningMean[c]) * InverseDeviation(runningVariance[c], epsilon) * scale[c]) + shift[c];
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
            int c = Channel(e, places, channels);
            T mean = statistics[c], inverse = statistics[channels + c];
            T normalised = (x[e] - mean) * inverse;
            dx[e] = scale[c] * inverse * (dy[e] - (shiftGradient[c] / count) - (normalised * scaleGradient[c] / count));
        }
    }

    public static void ParameterGradient(
        int places, ReadOnlySpan<T> statistics, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> scaleGradient, Span<T> shiftGradient)
    {
        int channels = scaleGradient.Length;
        scaleGradient.Clear();
        shiftGradient.Clear();
        for (int e = 0; e < x.Length; e++)
        {
            int c = Channel(e, places, channels);
            scaleGradient[c] += dy[e] * (x[e] - statistics[c]) * statistics[channels + c];
            shiftGradient[c] += dy[e];
        }
    }

    private static T InverseDeviation(T variance, double epsilon) => T.One / T.Sqrt(variance + T.CreateTruncating(epsilon));

    /// <summary>The channel of an element of the samples.</summary>
    private static int Channel(int element, int places, int channels) => element / places % channels;
}
