namespace Fpe.Numerics;

/// <summary>Looks for numbers that no computation survives.</summary>
internal static class NonFinite
{
    /// <summary>Index of the first number that is infinite or not a number; −1 where there is none.</summary>
    public static int IndexIn(ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                return i;
        }

        return -1;
    }
}
