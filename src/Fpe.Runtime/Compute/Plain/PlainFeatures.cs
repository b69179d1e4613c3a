using System.Numerics;

namespace Fpe.Compute.Plain;

/// <summary>Ranges of the features of all samples, row by row.</summary>
internal static class PlainFeatures<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Copy(ReadOnlySpan<T> x, int xFeatures, int from, Span<T> y, int yFeatures, int to, int count, int batch)
    {
        for (int s = 0; s < batch; s++)
        {
            for (int i = 0; i < count; i++)
                y[(s * yFeatures) + to + i] = x[(s * xFeatures) + from + i];
        }
    }

    public static void Add(ReadOnlySpan<T> x, int xFeatures, int from, Span<T> y, int yFeatures, int to, int count, int batch)
    {
        for (int s = 0; s < batch; s++)
        {
            for (int i = 0; i < count; i++)
                y[(s * yFeatures) + to + i] += x[(s * xFeatures) + from + i];
        }
    }
}
