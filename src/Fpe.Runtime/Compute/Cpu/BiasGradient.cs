using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Outputs of a chunk.</summary>
    private const int BiasChunk = 64;

    public void BiasGradient(Activations dz, DeviceBuffer biasGradient, int batch)
    {
        var sums = new BiasGradientArguments
        {
            Dz = Panels(dz).Values,
            PanelStride = Panels(dz).PanelStride,
            Db = Floats(biasGradient).Address,
            Features = dz.Features,
            Batch = batch,
        };
        Run(DivideUp(dz.Features, BiasChunk), &BiasGradientChunk, &sums, (long)dz.Features * batch);
    }

    private static void BiasGradientChunk(void* arguments, int chunk)
    {
        var sums = (BiasGradientArguments*)arguments;
        int end = Math.Min(sums->Features, (chunk + 1) * BiasChunk);
        for (int o = chunk * BiasChunk; o < end; o += Vector256<float>.Count)
            SumSamples(sums, o).Store(sums->Db + o);
    }

    /// <summary>The sums over the batch of 8 outputs from one on; beyond the last, it stands for the others too.</summary>
    private static Vector256<float> SumSamples(BiasGradientArguments* sums, int output)
    {
        int batch = sums->Batch;
        nint stride = sums->PanelStride;
        int last = sums->Features - output - 1;
        float* row = sums->Dz + output * Panel.Width;
        int row1 = Math.Min(1, last) * Panel.Width, row2 = Math.Min(2, last) * Panel.Width, row3 = Math.Min(3, last) * Panel.Width;
        int row4 = Math.Min(4, last) * Panel.Width, row5 = Math.Min(5, last) * Panel.Width, row6 = Math.Min(6, last) * Panel.Width;
        int row7 = Math.Min(7, last) * Panel.Width;
        var sum0 = Vector256<float>.Zero;
        var sum1 = Vector256<float>.Zero;
        var sum2 = Vector256<float>.Zero;
        var sum3 = Vector256<float>.Zero;
        var sum4 = Vector256<float>.Zero;
        var sum5 = Vector256<float>.Zero;
        var sum6 = Vector256<float>.Zero;
        var sum7 = Vector256<float>.Zero;
        for (; batch >= Panel.Width; batch -= Panel.Width, row += stride)
        {
            sum0 += Vector256.Load(row) + Vector256.Load(row + 8);
            sum1 += Vector256.Load(row + row1) + Vector256.Load(row + row1 + 8);
            sum2 += Vector256.Load(row + row2) + Vector256.Load(row + row2 + 8);
            sum3 += Vector256.Load(row + row3) + Vector256.Load(row + row3 + 8);
            sum4 += Vector256.Load(row + row4) + Vector256.Load(row + row4 + 8);
            sum5 += Vector256.Load(row + row5) + Vector256.Load(row + row5 + 8);
            sum6 += Vector256.Load(row + row6) + Vector256.Load(row + row6 + 8);
            sum7 += Vector256.Load(row + row7) + Vector256.Load(row + row7 + 8);
        }

        for (; batch > 0; batch -= Vector256<float>.Count, row += Vector256<float>.Count)
        {
            // lanes beyond the batch may hold anything
            var mask = LaneMask.Before(batch).AsSingle();
            sum0 += Vector256.Load(row) & mask;
            sum1 += Vector256.Load(row + row1) & mask;
            sum2 += Vector256.Load(row + row2) & mask;
            sum3 += Vector256.Load(row + row3) & mask;
            sum4 += Vector256.Load(row + row4) & mask;
            sum5 += Vector256.Load(row + row5) & mask;
            sum6 += Vector256.Load(row + row6) & mask;
            sum7 += Vector256.Load(row + row7) & mask;
        }

        return Transpose.Sums(sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7);
    }

    private struct BiasGradientArguments
    {
        public float* Dz, Db;
        public nint PanelStride;
        public int Features, Batch;
    }
}
