using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Rows per chunk of a step.</summary>
    private const int RowChunk = 256;

    /// <summary>Rows between the one that is prefetched and the one that is updated.</summary>
    private const int RowsAhead = 4;

    public void AdamStepRows(
        IndexBuffer rows, DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer firstMoment, DeviceBuffer secondMoment,
        in AdamConstants step)
    {
        int width = gradient.Length / rows.Length;
        int count = KernelIndices.CheckRows(new ReadOnlySpan<int>(Integers(rows), rows.Length), weights.Length / width);
        var adam = new AdamArguments(weights, gradient, firstMoment, secondMoment, in step)
        {
            Rows = Integers(rows),
            RowCount = count,
            Width = width,
        };
        Run(DivideUp(count, RowChunk), &AdamRowsChunk, &adam, (long)count * width * AdamWork);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SgdStepRows(
        IndexBuffer rows, DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer? velocity, in SgdConstants step)
    {
        int width = gradient.Length / rows.Length, whole = width & ~7;
        int* row = Integers(rows);
        int count = KernelIndices.CheckRows(new ReadOnlySpan<int>(row, rows.Length), weights.Length / width);
        for (int r = 0; r < count; r++)
        {
            float* w = Floats(weights).Address + row[r] * (nint)width;
            float* g = Floats(gradient).Address + r * (nint)width;
            float* v = velocity is null ? null : Floats(velocity).Address + row[r] * (nint)width;
            SgdVectors(w, g, v, whole, in step);
            if (whole < width)
                SgdRest(w + whole, g + whole, v is null ? null : v + whole, width - whole, in step);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AdamRowsChunk(void* arguments, int chunk)
    {
        var adam = (AdamArguments*)arguments;
        int end = Math.Min(adam->RowCount, (chunk + 1) * RowChunk);
        for (int r = chunk * RowChunk; r < end; r++)
        {
            if (r < end - RowsAhead)
            {
                nint ahead = adam->Rows[r + RowsAhead] * (nint)adam->Width;
                PrefetchRow(adam->W + ahead, adam->Width);
                PrefetchRow(adam->M + ahead, adam->Width);
                PrefetchRow(adam->V + ahead, adam->Width);
            }

            AdamRange(adam, adam->Rows[r] * (nint)adam->Width, r * (nint)adam->Width, adam->Width);
        }
    }
}
