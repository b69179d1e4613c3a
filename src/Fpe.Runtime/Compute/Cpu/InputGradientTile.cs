using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>The inner loop of <see cref="CpuKernels.EdgeInputGradient"/>: up to 8 columns × 2 vectors of lanes in registers.</summary>
internal static unsafe class InputGradientTile
{
    /// <summary>dx[c, l] += Σ_r w[r, c] · dz[r, l] for some rows and columns of a block and the lanes l of two vectors.</summary>
    /// <typeparam name="TLanes">The width of a vector.</typeparam>
    /// <typeparam name="TVector">The vector.</typeparam>
    /// <typeparam name="TColumns">Columns of a tile.</typeparam>
    /// <param name="weights">A buffer over the edges.</param>
    /// <param name="block">The block.</param>
    /// <param name="firstRow">First row: the start of a group.</param>
    /// <param name="endRow">End of the rows: the start of a group, or the block's end.</param>
    /// <param name="firstColumn">First column.</param>
    /// <param name="endColumn">End of the columns: whole tiles from the first.</param>
    /// <param name="dz">Feature 0 of the outputs' panel.</param>
    /// <param name="dzStride">Floats from one panel of dz to the next.</param>
    /// <param name="dx">Feature 0 of the inputs' panel.</param>
    /// <param name="dxStride">Floats from one panel of dx to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TLanes, TVector, TColumns>(
        float* weights, CpuBlock* block, int firstRow, int endRow, int firstColumn, int endColumn,
        float* dz, nint dzStride, float* dx, nint dxStride)
        where TLanes : struct, ITileVector<TVector>
        where TColumns : struct, ITileHeight
    {
        for (int column = firstColumn; column < endColumn; column += TColumns.Count)
        {
            uint* columns = block->Columns + column;
            float* dx0 = dx + columns[0];
            float* dx1 = TColumns.Count > 1 ? dx + columns[1] : dx;
            float* dx2 = TColumns.Count > 2 ? dx + columns[2] : dx;
            float* dx3 = TColumns.Count > 3 ? dx + columns[3] : dx;
            float* dx4 = TColumns.Count > 4 ? dx + columns[4] : dx;
            float* dx5 = TColumns.Count > 5 ? dx + columns[5] : dx;
            float* dx6 = TColumns.Count > 6 ? dx + columns[6] : dx;
            float* dx7 = TColumns.Count > 7 ? dx + columns[7] : dx;
            var sum00 = TLanes.Zero;
            var sum01 = TLanes.Zero;
            var sum10 = TLanes.Zero;
            var sum11 = TLanes.Zero;
            var sum20 = TLanes.Zero;
            var sum21 = TLanes.Zero;
            var sum30 = TLanes.Zero;
            var sum31 = TLanes.Zero;
            var sum40 = TLanes.Zero;
            var sum41 = TLanes.Zero;
            var sum50 = TLanes.Zero;
            var sum51 = TLanes.Zero;
            var sum60 = TLanes.Zero;
            var sum61 = TLanes.Zero;
            var sum70 = TLanes.Zero;
            var sum71 = TLanes.Zero;

            for (int group = firstRow; group < endRow; group += CpuBlock.GroupHeight)
            {
                int height = block->HeightAt(group);
                float* w = block->Group(weights, group) + (nint)column * height;
                float* w3 = w + 3 * height;
                float* w6 = w + 6 * height;
                nint stride = height;
                uint* rows = block->Rows + group;
                uint* end = rows + height;
                for (; rows < end; rows++)
                {
                    float* gradient = dz + *rows;
                    var dz0 = TLanes.Load(gradient);
                    var dz1 = TLanes.Load(gradient + TLanes.Second(dzStride));
                    var weight = TLanes.Create(*w);
                    sum00 = TLanes.MultiplyAdd(weight, dz0, sum00);
                    sum01 = TLanes.MultiplyAdd(weight, dz1, sum01);
                    if (TColumns.Count > 1)
                    {
                        weight = TLanes.Create(w[stride]);
                        sum10 = TLanes.MultiplyAdd(weight, dz0, sum10);
                        sum11 = TLanes.MultiplyAdd(weight, dz1, sum11);
                    }

                    if (TColumns.Count > 2)
                    {
                        weight = TLanes.Create(w[2 * stride]);
                        sum20 = TLanes.MultiplyAdd(weight, dz0, sum20);
                        sum21 = TLanes.MultiplyAdd(weight, dz1, sum21);
                        weight = TLanes.Create(*w3);
                        sum30 = TLanes.MultiplyAdd(weight, dz0, sum30);
                        sum31 = TLanes.MultiplyAdd(weight, dz1, sum31);
                    }

                    if (TColumns.Count > 4)
                    {
                        weight = TLanes.Create(w3[stride]);
                        sum40 = TLanes.MultiplyAdd(weight, dz0, sum40);
                        sum41 = TLanes.MultiplyAdd(weight, dz1, sum41);
                        weight = TLanes.Create(w3[2 * stride]);
                        sum50 = TLanes.MultiplyAdd(weight, dz0, sum50);
                        sum51 = TLanes.MultiplyAdd(weight, dz1, sum51);
                    }

                    if (TColumns.Count > 6)
                    {
                        weight = TLanes.Create(*w6);
                        sum60 = TLanes.MultiplyAdd(weight, dz0, sum60);
                        sum61 = TLanes.MultiplyAdd(weight, dz1, sum61);
                        weight = TLanes.Create(w6[stride]);
                        sum70 = TLanes.MultiplyAdd(weight, dz0, sum70);
                        sum71 = TLanes.MultiplyAdd(weight, dz1, sum71);
                    }

                    w++;
                    w3++;
                    w6++;
                }
            }

            nint second = TLanes.Second(dxStride);
            VectorPair<TLanes, TVector>.Add(sum00, sum01, dx0, second);
            if (TColumns.Count > 1)
            {
                VectorPair<TLanes, TVector>.Add(sum10, sum11, dx1, second);
            }

            if (TColumns.Count > 2)
            {
                VectorPair<TLanes, TVector>.Add(sum20, sum21, dx2, second);
                VectorPair<TLanes, TVector>.Add(sum30, sum31, dx3, second);
            }

            if (TColumns.Count > 4)
            {
                VectorPair<TLanes, TVector>.Add(sum40, sum41, dx4, second);
                VectorPair<TLanes, TVector>.Add(sum50, sum51, dx5, second);
            }

            if (TColumns.Count > 6)
            {
                VectorPair<TLanes, TVector>.Add(sum60, sum61, dx6, second);
                VectorPair<TLanes, TVector>.Add(sum70, sum71, dx7, second);
            }
        }
    }
}
