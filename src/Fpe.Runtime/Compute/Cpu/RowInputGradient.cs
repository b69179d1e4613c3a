using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The inner loops of <see cref="CpuKernels.EdgeInputGradient"/> for a row by itself: dx[columns[k], l] += w[k] · dz[l].
/// </summary>
internal static unsafe class RowInputGradient
{
    /// <summary>64 lanes.</summary>
    public static void AddFullPanel(float* w, int* columns, int count, float* dz, float* dx)
    {
        var dz0 = Vector256.Load(dz);
        var dz1 = Vector256.Load(dz + 8);
        var dz2 = Vector256.Load(dz + 16);
        var dz3 = Vector256.Load(dz + 24);
        var dz4 = Vector256.Load(dz + 32);
        var dz5 = Vector256.Load(dz + 40);
        var dz6 = Vector256.Load(dz + 48);
        var dz7 = Vector256.Load(dz + 56);
        for (int k = 0; k < count; k++)
        {
            float* gradient = dx + (nint)columns[k] * Panel.MaximumWidth;
            var weight = Vector256.Create(w[k]);
            Vector256.MultiplyAddEstimate(weight, dz0, Vector256.Load(gradient)).Store(gradient);
            Vector256.MultiplyAddEstimate(weight, dz1, Vector256.Load(gradient + 8)).Store(gradient + 8);
            Vector256.MultiplyAddEstimate(weight, dz2, Vector256.Load(gradient + 16)).Store(gradient + 16);
            Vector256.MultiplyAddEstimate(weight, dz3, Vector256.Load(gradient + 24)).Store(gradient + 24);
            Vector256.MultiplyAddEstimate(weight, dz4, Vector256.Load(gradient + 32)).Store(gradient + 32);
            Vector256.MultiplyAddEstimate(weight, dz5, Vector256.Load(gradient + 40)).Store(gradient + 40);
            Vector256.MultiplyAddEstimate(weight, dz6, Vector256.Load(gradient + 48)).Store(gradient + 48);
            Vector256.MultiplyAddEstimate(weight, dz7, Vector256.Load(gradient + 56)).Store(gradient + 56);
        }
    }

    /// <summary>16 lanes.</summary>
    public static void Add(float* w, int* columns, int count, float* dz, float* dx, nint width)
    {
        var dz0 = Vector256.Load(dz);
        var dz1 = Vector256.Load(dz + 8);
        for (int k = 0; k < count; k++)
        {
            float* gradient = dx + columns[k] * width;
            var weight = Vector256.Create(w[k]);
            Vector256.MultiplyAddEstimate(weight, dz0, Vector256.Load(gradient)).Store(gradient);
            Vector256.MultiplyAddEstimate(weight, dz1, Vector256.Load(gradient + 8)).Store(gradient + 8);
        }
    }
}
