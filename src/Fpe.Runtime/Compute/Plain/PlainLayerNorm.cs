using System.Numerics;

namespace Fpe.Compute.Plain;

/// <summary>Layer normalisation of samples row by row, with sums in double precision. Statistics are mean and 1 / √(v + ε) of each sample.</summary>
internal static class PlainLayerNorm<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Forward(
        ReadOnlySpan<T> scale, ReadOnlySpan<T> shift, double epsilon, ReadOnlySpan<T> x, Span<T> y, Span<T> statistics)
    {
        int features = scale.Length;
        for (int s = 0; s < x.Length / features; s++)
        {
            var sample = x.Slice(s * features, features);
            double sum = 0, squares = 0;
            foreach (T value in sample)
                sum += double.CreateTruncating(value);
            foreach (T value in sample)
                squares += Math.Pow(double.CreateTruncating(value) - (sum / features), 2);

            T mean = T.CreateTruncating(sum / features);
            T inverse = T.CreateTruncating(1 / Math.Sqrt((squares / features) + epsilon));
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
        for (int s = 0; s < x.Length / features; s++)
        {
            T mean = statistics[2 * s], inverse = statistics[(2 * s) + 1];
            double sum = 0, products = 0;
            for (int i = 0; i < features; i++)
            {
                T gradient = dy[(s * features) + i] * scale[i];
                sum += double.CreateTruncating(gradient);
                products += double.CreateTruncating(gradient * (x[(s * features) + i] - mean) * inverse);
            }

            T meanGradient = T.CreateTruncating(sum / features), meanProduct = T.CreateTruncating(products / features);
            for (int i = 0; i < features; i++)
            {
                T normalised = (x[(s * features) + i] - mean) * inverse;
                dx[(s * features) + i] = inverse * ((dy[(s * features) + i] * scale[i]) - meanGradient - (normalised * meanProduct));
            }
        }
    }

    public static void ParameterGradient(
        ReadOnlySpan<T> statistics, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> scaleGradient, Span<T> shiftGradient)
    {
        int features = scaleGradient.Length;
        for (int i = 0; i < features; i++)
        {
            double scaleSum = 0, shiftSum = 0;
            for (int s = 0; s < x.Length / features; s++)
            {
                int e = (s * features) + i;
                scaleSum += double.CreateTruncating(dy[e] * (x[e] - statistics[2 * s]) * statistics[(2 * s) + 1]);
                shiftSum += double.CreateTruncating(dy[e]);
            }

            scaleGradient[i] = T.CreateTruncating(scaleSum);
            shiftGradient[i] = T.CreateTruncating(shiftSum);
        }
    }
}
