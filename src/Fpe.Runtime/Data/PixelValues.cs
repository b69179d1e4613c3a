namespace Fpe.Data;

/// <summary>What the bytes of an image stand for.</summary>
internal static class PixelValues
{
    /// <summary>(p / 255 − mean) / deviation for every byte p.</summary>
    public static float[] Of(float mean, float deviation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deviation);
        var values = new float[byte.MaxValue + 1];
        for (int p = 0; p < values.Length; p++)
            values[p] = (((float)p / byte.MaxValue) - mean) / deviation;
        return values;
    }
}
