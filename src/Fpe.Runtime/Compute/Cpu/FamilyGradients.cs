using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The inner loops of <see cref="CpuKernels.EdgeInputGradient"/> and <see cref="CpuKernels.EdgeWeightGradient"/> for the families of a cell.
/// </summary>
internal static unsafe class FamilyGradients
{
    /// <summary>values[g, m, l] = dz of row m of family l in group g; of any if there is no such row.</summary>
    /// <param name="rows">The outputs: [count]; −1 for any.</param>
    /// <param name="count">Number of values.</param>
    /// <param name="dz">The sample's gradient by output 0.</param>
    /// <param name="shift">Binary logarithm of the floats from one output to the next.</param>
    /// <param name="values">Receives the values.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(int* rows, int count, float* dz, int shift, float* values)
    {
        for (int i = 0; i < count; i++)
            values[i] = dz[(nint)Math.Max(0, rows[i]) << shift];
    }

    /// <summary>sums[column, l] += Σ_e w[e] · dz[row of e] over the edges e of a column and lane, for one sample and all families of a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="groups">Groups of its band.</param>
    /// <param name="weights">A buffer over the edges.</param>
    /// <param name="dz">The result of <see cref="Gather"/>.</param>
    /// <param name="sums">The sums: [columns of the cell, lanes].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddInputs<TLanes, TFamilies, TVector, TDepth>(FamilyCell* cell, int groups, float* weights, float* dz, float* sums)
        where TLanes : struct, ITileVector<TVector>
        where TFamilies : struct, IFamilyLanes<TVector>
        where TDepth : struct, ITileHeight
    {
        float* w = weights + cell->FirstWeight;
        FamilyPlace* place = cell->Places;
        byte* codes = cell->Codes;
        bool isWhole = cell->Lanes == null;
        for (int group = 0; group < groups; group++, dz += TDepth.Count * TLanes.Count)
        {
            for (FamilyPlace* end = place + cell->ColumnCount; place < end; place++, codes += TLanes.Count)
            {
                var values = TLanes.Load(w + place->Weight);
                var readers = TFamilies.Codes(codes);
                if (!isWhole)
                    values = TFamilies.WhereAny(readers, TFamilies.Expand(values, readers));
                readers = TFamilies.Readers(readers);
                float* sum = sums + place->Column * TLanes.Count;
                TLanes.Store(TLanes.MultiplyAdd(values, Read<TLanes, TFamilies, TVector, TDepth>(readers, dz), TLanes.Load(sum)), sum);
            }
        }
    }

    /// <summary>dw[e] = Σ_s dz[row of e, s] · x[column of e, s] for all edges e of a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="groups">Groups of its band.</param>
    /// <param name="dz">For each sample, the result of <see cref="Gather"/>.</param>
    /// <param name="x">Input 0 of the first sample.</param>
    /// <param name="shift">Binary logarithm of the floats from one input to the next.</param>
    /// <param name="samples">Number of samples.</param>
    /// <param name="weightGradient">A buffer over the edges.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Weights<TLanes, TFamilies, TVector, TDepth>(
        FamilyCell* cell, int groups, float* dz, float* x, int shift, int samples, float* weightGradient)
        where TLanes : struct, ITileVector<TVector>
        where TFamilies : struct, IFamilyLanes<TVector>
        where TDepth : struct, ITileHeight
    {
        float* rest = stackalloc float[TLanes.Count];
        float* dw = weightGradient + cell->FirstWeight;
        int columns = cell->ColumnCount;
        int groupLength = TDepth.Count * TLanes.Count;
        x += (nint)cell->FirstInput << shift;

        // in the order of the weights, so that what a vector writes beyond those of its column is overwritten by the next
        for (int column = 0; column < columns; column++)
        {
            float* input = x + ((nint)cell->Places[column].Column << shift);
            for (int group = 0; group < groups; group++)
            {
                nint index = group * (nint)columns + column;
                var readers = TFamilies.Readers(TFamilies.Codes(cell->Codes + index * TLanes.Count));
                float* values = dz + group * groupLength;
                var sum = TFamilies.Multiply(TLanes.Create(*input), Read<TLanes, TFamilies, TVector, TDepth>(readers, values));
                for (int s = 1; s < samples; s++)
                {
                    values += groups * groupLength;
                    sum = TLanes.MultiplyAdd(TLanes.Create(input[s]), Read<TLanes, TFamilies, TVector, TDepth>(readers, values), sum);
                }

                if (cell->Lanes != null)
                    sum = TFamilies.Compress(sum, TFamilies.Codes(cell->Lanes + index * TLanes.Count));
                int weight = cell->Places[index].Weight;
                if (weight + TLanes.Count <= cell->EdgeCount)
                {
                    TLanes.Store(sum, dw + weight);
                }
                else
                {
                    TLanes.Store(sum, rest);
                    for (int e = 0; weight + e < cell->EdgeCount; e++)
                        dw[weight + e] = rest[e];
                }
            }
        }
    }

    /// <summary>Returns the value of each lane's reader; 0 where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Read<TLanes, TFamilies, TVector, TDepth>(TVector readers, float* values)
        where TLanes : struct, ITileVector<TVector>
        where TFamilies : struct, IFamilyLanes<TVector>
        where TDepth : struct, ITileHeight
    {
        var read = TFamilies.Select(readers, 0, TLanes.Load(values), TLanes.Zero);
        if (TDepth.Count > 1)
            read = TFamilies.Select(readers, 1, TLanes.Load(values + TLanes.Count), read);
        if (TDepth.Count > 2)
        {
            read = TFamilies.Select(readers, 2, TLanes.Load(values + 2 * TLanes.Count), read);
            read = TFamilies.Select(readers, 3, TLanes.Load(values + 3 * TLanes.Count), read);
        }

        if (TDepth.Count > 4)
        {
            read = TFamilies.Select(readers, 4, TLanes.Load(values + 4 * TLanes.Count), read);
            read = TFamilies.Select(readers, 5, TLanes.Load(values + 5 * TLanes.Count), read);
            read = TFamilies.Select(readers, 6, TLanes.Load(values + 6 * TLanes.Count), read);
            read = TFamilies.Select(readers, 7, TLanes.Load(values + 7 * TLanes.Count), read);
        }

        return read;
    }

    /// <summary>dx[c] = Σ_l sums[c, l] for the columns c of a band.</summary>
    /// <param name="sums">The sums: [columns rounded up to 8, lanes].</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="dx">The sample's gradient by column 0.</param>
    /// <param name="shift">Binary logarithm of the floats from one input to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fold<TLanes, TVector>(float* sums, int columns, float* dx, int shift)
        where TLanes : struct, ITileVector<TVector>
    {
        float* folded = stackalloc float[8];
        for (int first = 0; first < columns; first += 8, sums += 8 * TLanes.Count)
        {
            Transpose.Sums(
                Row<TLanes, TVector>(sums, 0), Row<TLanes, TVector>(sums, 1), Row<TLanes, TVector>(sums, 2), Row<TLanes, TVector>(sums, 3),
                Row<TLanes, TVector>(sums, 4), Row<TLanes, TVector>(sums, 5), Row<TLanes, TVector>(sums, 6), Row<TLanes, TVector>(sums, 7)).Store(folded);
            for (int c = 0; c < Math.Min(8, columns - first); c++)
                dx[(nint)(first + c) << shift] = folded[c];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Row<TLanes, TVector>(float* sums, int column)
        where TLanes : struct, ITileVector<TVector> =>
        TLanes.Fold(TLanes.Load(sums + column * TLanes.Count));
}
