using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>The mean of what a window sees, whose gradient all of it shares; what it saw is not read.</summary>
internal readonly unsafe struct MeanPooling : IPooling
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Value(float* window, SeenPixels* seen)
    {
        Vector256<float> sum = default;
        for (int i = 0; i < seen->Rows; i++, window += seen->RowStep)
        {
            for (int j = 0; j < seen->Columns; j++)
                sum += Vector256.Load(window + j * Panel.Width);
        }

        return sum / Vector256.Create((float)seen->WindowSize);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddGradient(float* window, Vector256<float> gradient, float* dx, SeenPixels* seen)
    {
        gradient /= Vector256.Create((float)seen->WindowSize);
        for (int i = 0; i < seen->Rows; i++, dx += seen->RowStep)
        {
            for (int j = 0; j < seen->Columns; j++)
            {
                float* target = dx + j * Panel.Width;
                (Vector256.Load(target) + gradient).Store(target);
            }
        }
    }
}
