using System.Numerics;
using System.Runtime.InteropServices;

namespace Fpe.Numerics;

/// <summary>Finds values that are infinite or not a number.</summary>
internal static class NonFinite
{
    /// <summary>Returns the index of the first value that is infinite or not a number; −1 if there is none.</summary>
    public static int IndexIn(ReadOnlySpan<float> values)
    {
        for (int i = CountFinite(values); i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                return i;
        }

        return -1;
    }

    /// <summary>Returns the number of values in vectors at the beginning that are all finite.</summary>
    private static int CountFinite(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var largest = new Vector<float>(float.MaxValue);
        int finite = 0;
        while (finite < vectors.Length && Vector.LessThanOrEqualAll(Vector.Abs(vectors[finite]), largest))
            finite++;
        return finite * Vector<float>.Count;
    }
}
