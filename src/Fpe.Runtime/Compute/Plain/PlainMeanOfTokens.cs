using System.Numerics;

namespace Fpe.Compute.Plain;

/// <summary>Means over the places that are not empty, of sequences sample by sample and unit by unit.</summary>
internal static class PlainMeanOfTokens<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Forward(int places, ReadOnlySpan<T> tokens, ReadOnlySpan<T> x, Span<T> y)
    {
        int units = y.Length / Math.Max(1, tokens.Length / places);
        for (int i = 0; i < y.Length; i++)
        {
            ReadOnlySpan<T> sample = tokens.Slice(i / units * places, places);
            T sum = T.Zero, count = T.Zero;
            for (int p = 0; p < places; p++)
            {
                if (sample[p] < T.Zero)
                    continue;
                sum += x[(i * places) + p];
                count++;
            }

            y[i] = count == T.Zero ? T.Zero : sum / count;
        }
    }

    public static void Gradient(int places, ReadOnlySpan<T> tokens, ReadOnlySpan<T> dy, Span<T> dx)
    {
        int units = dy.Length / Math.Max(1, tokens.Length / places);
        for (int i = 0; i < dy.Length; i++)
        {
            ReadOnlySpan<T> sample = tokens.Slice(i / units * places, places);
            T count = T.Zero;
            foreach (T token in sample)
                count += token < T.Zero ? T.Zero : T.One;
            for (int p = 0; p < places; p++)
                dx[(i * places) + p] = sample[p] < T.Zero ? T.Zero : dy[i] / count;
        }
    }
}
