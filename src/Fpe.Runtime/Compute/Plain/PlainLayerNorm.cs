using System.Numerics;

namespace Fpe.Compute.Plain;

/// <summary>
/// Layer normalisation of each place of samples row by row, with sums in double precision. Statistics are the means of all places of a
/// sample, then 1 / √(v + ε) of all places.
/// </summary>
internal static class PlainLayerNorm<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Forward(
        int places, ReadOnlySpan<T> scale, ReadOnlySpan<T> shift, double epsilon, ReadOnlySpan<T> x, Span<T> y, Span<T> statistics)
    {
        int units = scale.Length;
        for (int place = 0; place < x.Length / units; place++)
        {
            double sum = 0, squares = 0;
            for (int u = 0; u < units; u++)
                sum += double.CreateTruncating(x[Element(place, u, places, units)]);
            for (int u = 0; u < units; u++)
                squares += Math.Pow(double.CreateTruncating(x[Element(place, u, places, units)]) - (sum / units), 2);

            T mean = T.CreateTruncating(sum / units);
            T inverse = T.CreateTruncating(1 / Math.Sqrt((squares / units) + epsilon));
            for (int u = 0; u < units; u++)
            {
                int e = Element(place, u, places, units);
                y[e] = ((x[e] - mean) * inverse * scale[u]) + shift[u];
            }

            statistics[Element(place, 0, places, 2)] = mean;
            statistics[Element(place, 1, places, 2)] = inverse;
        }
    }

    public static void InputGradient(
        int places, ReadOnlySpan<T> scale, ReadOnlySpan<T> statistics, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx)
    {
        int units = scale.Length;
        for (int place = 0; place < x.Length / units; place++)
        {
            T mean = statistics[Element(place, 0, places, 2)], inverse = statistics[Element(place, 1, places, 2)];
            double sum = 0, products = 0;
            for (int u = 0; u < units; u++)
            {
                int e = Element(place, u, places, units);
                T gradient = dy[e] * scale[u];
                sum += double.CreateTruncating(gradient);
                products += double.CreateTruncating(gradient * (x[e] - mean) * inverse);
            }

            T meanGradient = T.CreateTruncating(sum / units), meanProduct = T.CreateTruncating(products / units);
            for (int u = 0; u < units; u++)
            {
                int e = Element(place, u, places, units);
                T normalised = (x[e] - mean) * inverse;
                dx[e] = inverse * ((dy[e] * scale[u]) - meanGradient - (normalised * meanProduct));
            }
        }
    }

    public static void ParameterGradient(
        int places, ReadOnlySpan<T> statistics, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> scaleGradient, Span<T> shiftGradient)
    {
        int units = scaleGradient.Length;
        for (int u = 0; u < units; u++)
        {
            double scaleSum = 0, shiftSum = 0;
            for (int place = 0; place < x.Length / units; place++)
            {
                int e = Element(place, u, places, units);
                T mean = statistics[Element(place, 0, places, 2)], inverse = statistics[Element(place, 1, places, 2)];
                scaleSum += double.CreateTruncating(dy[e] * (x[e] - mean) * inverse);
                shiftSum += double.CreateTruncating(dy[e]);
            }

            scaleGradient[u] = T.CreateTruncating(scaleSum);
            shiftGradient[u] = T.CreateTruncating(shiftSum);
        }
    }

    /// <summary>Returns the index of a unit at a place, counted over all samples.</summary>
    private static int Element(int place, int unit, int places, int units) =>
        (((place / places * units) + unit) * places) + (place % places);
}
