namespace Fpe.Gpu.Compute;

/// <summary>Converts numbers between the host's precisions.</summary>
internal static class HostNumbers
{
    public static float[] Single(ReadOnlySpan<double> values)
    {
        var single = new float[values.Length];
        for (int i = 0; i < single.Length; i++)
            single[i] = (float)values[i];
        return single;
    }

    public static void Widen(ReadOnlySpan<float> values, Span<double> wide)
    {
        for (int i = 0; i < values.Length; i++)
            wide[i] = values[i];
    }
}
