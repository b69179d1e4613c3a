using Fpe.Numerics;

namespace Fpe.Data;

/// <summary>What the bytes of an image stand for.</summary>
internal static class PixelValues
{
    /// <summary>(p / 255 − mean) / deviation for every byte p.</summary>
    /// <exception cref="DatasetException">These are no finite numbers, or the deviation is not above 0.</exception>
    public static float[] Of(string dataset, float mean, float deviation)
    {
        var values = new float[byte.MaxValue + 1];
        for (int p = 0; p < values.Length; p++)
            values[p] = (((float)p / byte.MaxValue) - mean) / deviation;
        return deviation > 0 && NonFinite.IndexIn(values) < 0
            ? values
            : throw new DatasetException(dataset, FormattableString.Invariant($"pixels from 0 to 1 cannot be standardised with mean {mean} and deviation {deviation}; pass those of the training pixels."));
    }
}
