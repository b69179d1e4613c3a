using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The inner loops of <see cref="CpuKernels.EdgeInputGradient"/> and <see cref="CpuKernels.EdgeWeightGradient"/> for a cell and one sample:
/// the edges of a vector read the gradient by their outputs from a table.
/// </summary>
internal static unsafe class CellFewGradients
{
    /// <summary>Length of a table.</summary>
    public const int Rows = 128;

    /// <summary>Number of partial sums of an input.</summary>
    public const int SumWidth = 16;

    /// <summary>dw[e] = dz[row of e] · x[column of e] for all edges e of a cell.</summary>
    /// <typeparam name="TLanes">The width of a vector.</typeparam>
    /// <typeparam name="TVector">The vector.</typeparam>
    /// <typeparam name="TTable">The table.</typeparam>
    /// <param name="cell">The cell.</param>
    /// <param name="dz">The gradient by the outputs of the band; numbers of further rows are not used.</param>
    /// <param name="x">The sample's input 0.</param>
    /// <param name="shift">Binary logarithm of the floats from one input to the next.</param>
    /// <param name="weightGradient">A buffer over the edges.</param>
    /// <param name="add">Whether to add to dw; otherwise it is overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Weights<TLanes, TVector, TTable>(CpuCell* cell, float* dz, float* x, int shift, float* weightGradient, bool add)
        where TLanes : struct, ITileVector<TVector>
        where TTable : struct, IRowTable<TTable, TVector>
    {
        float* dw = weightGradient + cell->FirstWeight;
        float* end = dw + cell->EdgeCount;
        ushort* rows = cell->RowsByColumn;
        TTable table = TTable.Load(dz);
        for (EdgeRun* column = cell->Columns; dw < end; column++)
        {
            float input = x[(nint)(column->Feature / Panel.Width) << shift];
            var inputs = TLanes.Create(input);
            int count = column->Count;
            int e = 0;

            // what is written beyond a column, the next one overwrites
            for (; e < count && dw + e + TLanes.Count <= end; e += TLanes.Count)
            {
                var read = table.Read(rows + e);
                TLanes.Store(
                    add ? TLanes.MultiplyAdd(TLanes.Before(inputs, count - e), TLanes.Before(read, count - e), TLanes.Load(dw + e)) : TLanes.MultiplyAdd(inputs, read, TLanes.Zero),
                    dw + e);
            }

            for (; e < count; e++)
                dw[e] = (add ? dw[e] : 0) + dz[rows[e] / Panel.Width * TTable.Stride] * input;
            dw += count;
            rows += count;
        }
    }

    /// <summary>sums[c] += w[e] · dz[row of e] over the edges e of each column c of a cell, in some partial sums.</summary>
    /// <typeparam name="TLanes">The width of a vector.</typeparam>
    /// <typeparam name="TVector">The vector.</typeparam>
    /// <typeparam name="TTable">The table.</typeparam>
    /// <param name="cell">The cell.</param>
    /// <param name="weights">A buffer over the edges.</param>
    /// <param name="dz">The gradient by the outputs of the band; numbers of further rows are not used.</param>
    /// <param name="sums">The sums: [columns of the band, <see cref="SumWidth"/>].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddInputs<TLanes, TVector, TTable>(CpuCell* cell, float* weights, float* dz, float* sums)
        where TLanes : struct, ITileVector<TVector>
        where TTable : struct, IRowTable<TTable, TVector>
    {
        float* w = weights + cell->FirstWeight;
        ushort* rows = cell->RowsByColumn;
        TTable table = TTable.Load(dz);
        EdgeRun* endColumn = cell->Columns + cell->ColumnCount;
        for (EdgeRun* column = cell->Columns; column < endColumn; column++)
        {
            float* sum = sums + (column->Feature - cell->FirstColumn) / Panel.Width * SumWidth;
            int count = column->Count;
            var total = TLanes.Load(sum);
            int e = 0;
            for (; e <= count - TLanes.Count; e += TLanes.Count)
                total = TLanes.MultiplyAdd(TLanes.Load(w + e), table.Read(rows + e), total);

            // beyond the column lies anything, even NaN
            if (e < count)
                total = TLanes.MultiplyAdd(TLanes.Before(TLanes.Load(w + e), count - e), TLanes.Before(table.Read(rows + e), count - e), total);
            TLanes.Store(total, sum);
            w += count;
            rows += count;
        }
    }
}
