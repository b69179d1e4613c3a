using System.Numerics;

namespace Fpe.Compute.Plain;

/// <summary>Means over the places of each channel. Values are stored sample by sample and channel by channel.</summary>
internal static class PlainMeanOfPlaces<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Forward(int places, ReadOnlySpan<T> x, Span<T> y)
    {
        for (int c = 0; c < y.Length; c++)
        {
            T sum = T.Zero;
            foreach (T value in x.Slice(c * places, places))
                sum += value;
            y[c] = sum / T.CreateChecked(places);
        }
    }

    public static void Gradient(int places, ReadOnlySpan<T> dy, Span<T> dx)
    {
        for (int c = 0; c < dy.Length; c++)
            dx.Slice(c * places, places).Fill(dy[c] / T.CreateChecked(places));
    }
}
