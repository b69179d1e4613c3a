using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The inner loops of <see cref="CpuKernels.EdgeInputGradient"/> and <see cref="CpuKernels.EdgeWeightGradient"/> for a cell and one sample.
/// With AVX-512 the gradient by the outputs of a band is a table in registers, which 16 edges of a column read at once; otherwise edges read
/// it one by one.
/// </summary>
internal static unsafe class CellFewGradients
{
    /// <summary>Length of a table: 8 registers.</summary>
    public const int Rows = 128;

    /// <summary>Number of partial sums of an input.</summary>
    public const int SumWidth = 16;

    private const int Lanes = 16;

    /// <summary>dw[e] = dz[row of e] · x[column of e] for all edges e of a cell.</summary>
    /// <typeparam name="TRegisters">Registers for the table: 4 for bands of 64 rows, otherwise 8.</typeparam>
    /// <param name="cell">The cell.</param>
    /// <param name="dz">The gradient by the outputs of the band: <see cref="Rows"/> numbers; those of further rows are not used.</param>
    /// <param name="x">The sample's input 0.</param>
    /// <param name="shift">Binary logarithm of the floats from one input to the next.</param>
    /// <param name="weightGradient">A buffer over the edges.</param>
    /// <param name="add">Whether to add to dw; otherwise it is overwritten.</param>
    /// <param name="isWide">Whether to use vectors of 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Weights<TRegisters>(CpuCell* cell, float* dz, float* x, int shift, float* weightGradient, bool add, bool isWide)
        where TRegisters : struct, ITileHeight
    {
        float* dw = weightGradient + cell->FirstWeight;
        float* end = dw + cell->EdgeCount;
        ushort* rows = cell->RowsByColumn;
        var table = new Table<TRegisters>(dz, isWide);
        for (EdgeRun* column = cell->Columns; dw < end; column++)
        {
            float input = x[(nint)(column->Feature / Panel.Width) << shift];
            int count = column->Count;
            int e = 0;
            if (Avx512F.IsSupported && isWide)
            {
                // what is written beyond a column, the next one overwrites
                var inputs = Vector512.Create(input);
                for (; e < count && dw + e + Lanes <= end; e += Lanes)
                {
                    var products = table.Read(rows + e) * inputs;
                    if (add)
                        products = Lanes16.Before(products, count - e) + Vector512.Load(dw + e);
                    products.Store(dw + e);
                }
            }

            for (; e < count; e++)
                dw[e] = (add ? dw[e] : 0) + dz[rows[e] / Panel.Width] * input;
            dw += count;
            rows += count;
        }
    }

    /// <summary>sums[c] += w[e] · dz[row of e] over the edges e of each column c of a cell, in some partial sums.</summary>
    /// <typeparam name="TRegisters">Registers for the table: 4 for bands of 64 rows, otherwise 8.</typeparam>
    /// <param name="cell">The cell.</param>
    /// <param name="weights">A buffer over the edges.</param>
    /// <param name="dz">The gradient by the outputs of the band: <see cref="Rows"/> numbers; those of further rows are not used.</param>
    /// <param name="sums">The sums: [columns of the band, <see cref="SumWidth"/>].</param>
    /// <param name="isWide">Whether to use vectors of 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddInputs<TRegisters>(CpuCell* cell, float* weights, float* dz, float* sums, bool isWide)
        where TRegisters : struct, ITileHeight
    {
        float* w = weights + cell->FirstWeight;
        ushort* rows = cell->RowsByColumn;
        var table = new Table<TRegisters>(dz, isWide);
        EdgeRun* endColumn = cell->Columns + cell->ColumnCount;
        for (EdgeRun* column = cell->Columns; column < endColumn; column++)
        {
            float* sum = sums + (column->Feature - cell->FirstColumn) / Panel.Width * SumWidth;
            int count = column->Count;
            if (Avx512F.IsSupported && isWide)
            {
                var total = Vector512.Load(sum);
                for (int e = 0; e < count; e += Lanes)
                    total += Lanes16.Before(Vector512.Load(w + e) * table.Read(rows + e), count - e);
                total.Store(sum);
            }
            else
            {
                float sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
                int e = 0;
                for (; e <= count - 4; e += 4)
                {
                    sum0 += w[e] * dz[rows[e] / Panel.Width];
                    sum1 += w[e + 1] * dz[rows[e + 1] / Panel.Width];
                    sum2 += w[e + 2] * dz[rows[e + 2] / Panel.Width];
                    sum3 += w[e + 3] * dz[rows[e + 3] / Panel.Width];
                }

                for (; e < count; e++)
                    sum0 += w[e] * dz[rows[e] / Panel.Width];
                *sum += (sum0 + sum1) + (sum2 + sum3);
            }

            w += count;
            rows += count;
        }
    }

    /// <summary>A table of 64 or 128 numbers in registers.</summary>
    private readonly struct Table<TRegisters>
        where TRegisters : struct, ITileHeight
    {
        private readonly Vector512<float> t0, t1, t2, t3, t4, t5, t6, t7;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Table(float* values, bool isWide)
        {
            if (!Avx512F.IsSupported || !isWide)
                return;
            t0 = Vector512.Load(values);
            t1 = Vector512.Load(values + Lanes);
            t2 = Vector512.Load(values + 2 * Lanes);
            t3 = Vector512.Load(values + 3 * Lanes);
            if (TRegisters.Count <= 4)
                return;
            t4 = Vector512.Load(values + 4 * Lanes);
            t5 = Vector512.Load(values + 5 * Lanes);
            t6 = Vector512.Load(values + 6 * Lanes);
            t7 = Vector512.Load(values + 7 * Lanes);
        }

        /// <summary>Returns the values of 16 rows.</summary>
        /// <param name="rows">Offsets of the rows in a panel.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Read(ushort* rows)
        {
            var row = Avx512F.ConvertToVector512Int32(Vector256.Load(rows)) >>> 4;
            var values = Choose(row, 32, Avx512F.PermuteVar16x32x2(t0, row, t1), Avx512F.PermuteVar16x32x2(t2, row, t3));
            if (TRegisters.Count <= 4)
                return values;
            var further = Choose(row, 32, Avx512F.PermuteVar16x32x2(t4, row, t5), Avx512F.PermuteVar16x32x2(t6, row, t7));
            return Choose(row, 64, values, further);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<float> Choose(Vector512<int> row, int bit, Vector512<float> without, Vector512<float> with) =>
            Vector512.ConditionalSelect(Vector512.Equals(row & Vector512.Create(bit), Vector512<int>.Zero).AsSingle(), without, with);
    }
}
