using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>The inner loop of <see cref="CpuKernels.EdgeForward"/> for the families of a cell and one sample.</summary>
internal static unsafe class FamilyForward
{
    /// <summary>sums[m, l] += Σ_e w[e] · x[column of e] over the edges e of row m of family l, for all families of a cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TLanes, TFamilies, TVector, TDepth>(FamilyCell* cell, int groups, float* weights, float* x, int shift, float* sums)
        where TLanes : struct, ITileVector<TVector>
        where TFamilies : struct, IFamilyLanes<TVector>
        where TDepth : struct, ITileHeight
    {
        float* w = weights + cell->FirstWeight;
        FamilyPlace* places = cell->Places;
        byte* codes = cell->Codes;
        int columns = cell->ColumnCount;
        x += (nint)cell->FirstInput << shift;
        for (int group = 0; group < groups; group++)
        {
            if (cell->IsWhole)
                AddGroup<TLanes, TFamilies, TVector, TDepth, Whole>(places, codes, columns, w, x, shift, sums);
            else
                AddGroup<TLanes, TFamilies, TVector, TDepth, Broken>(places, codes, columns, w, x, shift, sums);
            places += columns;
            codes += columns * TLanes.Count;
            sums += TDepth.Count * TLanes.Count;
        }
    }

    /// <summary>Does so for a group.</summary>
    /// <param name="places">Where each column lies.</param>
    /// <param name="codes">Its codes: [columns, lanes].</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="w">The weights of the cell.</param>
    /// <param name="x">Column 0 of the cell.</param>
    /// <param name="shift">Binary logarithm of the floats from one input to the next.</param>
    /// <param name="sums">The sums: [depth, lanes].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddGroup<TLanes, TFamilies, TVector, TDepth, TFill>(
        FamilyPlace* places, byte* codes, int columns, float* w, float* x, int shift, float* sums)
        where TLanes : struct, ITileVector<TVector>
        where TFamilies : struct, IFamilyLanes<TVector>
        where TDepth : struct, ITileHeight
        where TFill : struct, IFamilyFill
    {
        var sum0 = TLanes.Zero;
        var sum1 = TLanes.Zero;
        var sum2 = TLanes.Zero;
        var sum3 = TLanes.Zero;
        var sum4 = TLanes.Zero;
        var sum5 = TLanes.Zero;
        var sum6 = TLanes.Zero;
        var sum7 = TLanes.Zero;
        for (FamilyPlace* end = places + columns; places < end; places++, codes += TLanes.Count)
        {
            var weights = TLanes.Load(w + places->Weight);
            var readers = TFamilies.Codes(codes);
            if (!TFill.IsWhole)
                weights = TFamilies.Expand(weights, readers);
            readers = TFamilies.Readers(readers);
            var products = TFamilies.Multiply(weights, TLanes.Create(x[(nint)places->Column << shift]));
            sum0 = TFamilies.AddWhere(readers, 0, products, sum0);
            if (TDepth.Count > 1)
                sum1 = TFamilies.AddWhere(readers, 1, products, sum1);
            if (TDepth.Count > 2)
            {
                sum2 = TFamilies.AddWhere(readers, 2, products, sum2);
                sum3 = TFamilies.AddWhere(readers, 3, products, sum3);
            }

            if (TDepth.Count > 4)
            {
                sum4 = TFamilies.AddWhere(readers, 4, products, sum4);
                sum5 = TFamilies.AddWhere(readers, 5, products, sum5);
                sum6 = TFamilies.AddWhere(readers, 6, products, sum6);
                sum7 = TFamilies.AddWhere(readers, 7, products, sum7);
            }
        }

        Add<TLanes, TVector>(sum0, sums);
        if (TDepth.Count > 1)
            Add<TLanes, TVector>(sum1, sums + TLanes.Count);
        if (TDepth.Count > 2)
        {
            Add<TLanes, TVector>(sum2, sums + 2 * TLanes.Count);
            Add<TLanes, TVector>(sum3, sums + 3 * TLanes.Count);
        }

        if (TDepth.Count > 4)
        {
            Add<TLanes, TVector>(sum4, sums + 4 * TLanes.Count);
            Add<TLanes, TVector>(sum5, sums + 5 * TLanes.Count);
            Add<TLanes, TVector>(sum6, sums + 6 * TLanes.Count);
            Add<TLanes, TVector>(sum7, sums + 7 * TLanes.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TLanes, TVector>(TVector sum, float* sums)
        where TLanes : struct, ITileVector<TVector> =>
        TLanes.Store(TLanes.Add(TLanes.Load(sums), sum), sums);
}
