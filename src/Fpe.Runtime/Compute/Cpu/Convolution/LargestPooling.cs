using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>The largest value of a window; NaN where there is one. The first of them has the gradient.</summary>
internal readonly unsafe struct LargestPooling : IPooling
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector256<float> Value(float* window, SeenPixels* seen)
    {
        var largest = Vector256.Load(window);
        for (int i = 0; i < seen->Rows; i++, window += seen->RowStep)
        {
            for (int j = 0; j < seen->Columns; j++)
                largest = Vector256.Max(largest, Vector256.Load(window + j * Panel.Width));
        }

        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddGradient(float* window, Vector256<float> gradient, float* dx, SeenPixels* seen)
    {
        var largest = Value(window, seen);
        for (int i = 0; i < seen->Rows; i++, window += seen->RowStep, dx += seen->RowStep)
        {
            for (int j = 0; j < seen->Columns; j++)
            {
                // where the largest is NaN, only a value that is none equals itself
                var value = Vector256.Load(window + j * Panel.Width);
                var isLargest = Vector256.Equals(value, largest) | ~Vector256.Equals(value, value);
                float* target = dx + j * Panel.Width;
                (Vector256.Load(target) + (gradient & isLargest)).Store(target);
                gradient = Vector256.AndNot(gradient, isLargest);
            }
        }
    }
}
