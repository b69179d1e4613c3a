using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Returns the kernel for a band of families.</summary>
    private static delegate*<ForwardArguments*, int, void> ForwardOf(CpuFamilies families) => (families.Lanes, families.Depth) switch
    {
        (8, 1) => &ForwardOfFamilies<Lanes8, Families8, Vector256<float>, One>,
        (8, 2) => &ForwardOfFamilies<Lanes8, Families8, Vector256<float>, Two>,
        (8, 4) => &ForwardOfFamilies<Lanes8, Families8, Vector256<float>, Four>,
        (8, 8) => &ForwardOfFamilies<Lanes8, Families8, Vector256<float>, Eight>,
        (16, 1) => &ForwardOfFamilies<Lanes16, Families16, Vector512<float>, One>,
        (16, 2) => &ForwardOfFamilies<Lanes16, Families16, Vector512<float>, Two>,
        (16, 4) => &ForwardOfFamilies<Lanes16, Families16, Vector512<float>, Four>,
        (16, 8) => &ForwardOfFamilies<Lanes16, Families16, Vector512<float>, Eight>,
        var (lanes, depth) => throw new InvalidOperationException($"There is no kernel for {lanes} lanes and families of up to {depth} rows."),
    };

    /// <summary>Computes all samples for a band of families.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardOfFamilies<TLanes, TFamilies, TVector, TDepth>(ForwardArguments* forward, int band)
        where TLanes : struct, ITileVector<TVector>
        where TFamilies : struct, IFamilyLanes<TVector>
        where TDepth : struct, ITileHeight
    {
        FamilyBand* families = forward->FamilyBands + band;
        int count = families->GroupCount * TDepth.Count * TLanes.Count;
        int shift = FewSamples.ShiftOf(forward->Batch);
        float* sums = stackalloc float[forward->Batch * count];
        new Span<float>(sums, forward->Batch * count).Clear();
        for (int column = 0; column < forward->ColumnBandCount; column++)
        {
            FamilyCell* cell = forward->FamilyCells + (band * forward->ColumnBandCount + column);
            for (int s = 0; s < forward->Batch; s++)
            {
                FamilyForward.Add<TLanes, TFamilies, TVector, TDepth>(
                    cell, families->GroupCount, forward->Weights, forward->X + s, shift, sums + s * count);
            }
        }

        for (int s = 0; s < forward->Batch; s++, sums += count)
        {
            for (int i = 0; i < count; i++)
            {
                int row = families->Rows[i];
                if (row < 0)
                    continue;
                float z = forward->Bias[row] + sums[i];
                forward->Y[((nint)row << shift) + s] = forward->Relu ? MathF.Max(0, z) : z;
            }
        }
    }
}
