namespace Fpe.Numerics;

/// <summary>Finds values that are infinite or not a number.</summary>
internal static class NonFinite
{
    /// <summary>Returns the index of the first value that is infinite or not a number; −1 if there is none.</summary>
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
