using Fpe.Numerics;

namespace Fpe.Data;

/// <summary>The values of the bytes of an image.</summary>
internal static class PixelValues
{
    /// <summary>Returns (p / 255 − mean) / deviation for every byte p.</summary>
    /// <exception cref="DatasetException">The values are not finite, or the deviation is not greater than 0.</exception>
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
