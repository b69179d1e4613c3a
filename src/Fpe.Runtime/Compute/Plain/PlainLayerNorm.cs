using System.Numerics;

namespace Fpe.Compute.Plain;

/// <summary>Layer normalisation of samples row by row; statistics are mean and 1 / √(v + ε) of each sample.</summary>
internal static class PlainLayerNorm<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Forward(
        ReadOnlySpan<T> scale, ReadOnlySpan<T> shift, double epsilon, ReadOnlySpan<T> x, Span<T> y, Span<T> statistics)
    {
        int features = scale.Length;
        T count = T.CreateChecked(features);
        for (int s = 0; s < x.Length / features; s++)
        {
            var sample = x.Slice(s * features, features);
            T sum = T.Zero;
            foreach (T value in sample)
                sum += value;
            T mean = sum / count;

            T squares = T.Zero;
            foreach (T value in sample)
                squares += (value - mean) * (value - mean);
            T inverse = T.One / T.Sqrt((squares / count) + T.CreateTruncating(epsilon));

            for (int i = 0; i < features; i++)
                y[(s * features) + i] = ((sample[i] - mean) * inverse * scale[i]) + shift[i];
            statistics[2 * s] = mean;
            statistics[(2 * s) + 1] = inverse;
        }
    }

    public static void InputGradient(
        ReadOnlySpan<T> scale, ReadOnlySpan<T> statistics, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx)
    {
        int features = scale.Length;
        T count = T.CreateChecked(features);
        for (int s = 0; s < x.Length / features; s++)
        {
            T mean = statistics[2 * s], inverse = statistics[(2 * s) + 1];
            T sum = T.Zero, products = T.Zero;
            for (int i = 0; i < features; i++)
            {
                T gradient = dy[(s * features) + i] * scale[i];
                sum += gradient;
                products += gradient * (x[(s * features) + i] - mean) * inverse;
            }

            for (int i = 0; i < features; i++)
            {
                T normalised = (x[(s * features) + i] - mean) * inverse;
                dx[(s * features) + i] = inverse * ((dy[(s * features) + i] * scale[i]) - (sum / count) - (normalised * products / count));
            }
        }
    }

    public static void ParameterGradient(
        ReadOnlySpan<T> statistics, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> scaleGradient, Span<T> shiftGradient)
    {
        int features = scaleGradient.Length;
        scaleGradient.Clear();
        shiftGradient.Clear();
        for (int e = 0; e < x.Length; e++)
        {
            (int s, int i) = Math.DivRem(e, features);
            scaleGradient[i] += dy[e] * (x[e] - statistics[2 * s]) * statistics[(2 * s) + 1];
            shiftGradient[i] += dy[e];
        }
    }
}
