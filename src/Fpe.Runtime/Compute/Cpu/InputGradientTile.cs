using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>The inner loop of <see cref="CpuKernels.EdgeInputGradient"/>: up to 6 columns × 16 lanes in registers.</summary>
internal static unsafe class InputGradientTile
{
    /// <summary>dx[c, l] += Σ_r w[r, c] · dz[r, l] for some rows and columns of a block and 16 lanes l.</summary>
    /// <typeparam name="TColumns">Columns of a tile.</typeparam>
    /// <param name="weights">The buffer over the edges.</param>
    /// <param name="block">The block.</param>
    /// <param name="firstRow">First row: the start of a group.</param>
    /// <param name="endRow">End of the rows: the start of a group, or the block's end.</param>
    /// <param name="firstColumn">First column.</param>
    /// <param name="endColumn">End of the columns: whole tiles from the first.</param>
    /// <param name="dz">Feature 0 of the outputs' panel.</param>
    /// <param name="dx">Feature 0 of the inputs' panel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TColumns>(float* weights, CpuBlock* block, int firstRow, int endRow, int firstColumn, int endColumn, float* dz, float* dx)
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
            var sum00 = Vector256<float>.Zero;
            var sum01 = Vector256<float>.Zero;
            var sum10 = Vector256<float>.Zero;
            var sum11 = Vector256<float>.Zero;
            var sum20 = Vector256<float>.Zero;
            var sum21 = Vector256<float>.Zero;
            var sum30 = Vector256<float>.Zero;
            var sum31 = Vector256<float>.Zero;
            var sum40 = Vector256<float>.Zero;
            var sum41 = Vector256<float>.Zero;
            var sum50 = Vector256<float>.Zero;
            var sum51 = Vector256<float>.Zero;

            for (int group = firstRow; group < endRow; group += CpuBlock.GroupHeight)
            {
                int height = block->HeightAt(group);
                float* w = block->Group(weights, group) + (nint)column * height;
                float* w3 = w + 3 * height;
                nint stride = height;
                uint* rows = block->Rows + group;
                uint* end = rows + height;
                for (; rows < end; rows++)
                {
                    float* gradient = dz + *rows;
                    var dz0 = Vector256.Load(gradient);
                    var dz1 = Vector256.Load(gradient + 8);
                    var weight = Vector256.Create(*w);
                    sum00 = Vector256.MultiplyAddEstimate(weight, dz0, sum00);
                    sum01 = Vector256.MultiplyAddEstimate(weight, dz1, sum01);
                    if (TColumns.Count > 1)
                    {
                        weight = Vector256.Create(w[stride]);
                        sum10 = Vector256.MultiplyAddEstimate(weight, dz0, sum10);
                        sum11 = Vector256.MultiplyAddEstimate(weight, dz1, sum11);
                    }

                    if (TColumns.Count > 2)
                    {
                        weight = Vector256.Create(w[2 * stride]);
                        sum20 = Vector256.MultiplyAddEstimate(weight, dz0, sum20);
                        sum21 = Vector256.MultiplyAddEstimate(weight, dz1, sum21);
                        weight = Vector256.Create(*w3);
                        sum30 = Vector256.MultiplyAddEstimate(weight, dz0, sum30);
                        sum31 = Vector256.MultiplyAddEstimate(weight, dz1, sum31);
                    }

                    if (TColumns.Count > 4)
                    {
                        weight = Vector256.Create(w3[stride]);
                        sum40 = Vector256.MultiplyAddEstimate(weight, dz0, sum40);
                        sum41 = Vector256.MultiplyAddEstimate(weight, dz1, sum41);
                        weight = Vector256.Create(w3[2 * stride]);
                        sum50 = Vector256.MultiplyAddEstimate(weight, dz0, sum50);
                        sum51 = Vector256.MultiplyAddEstimate(weight, dz1, sum51);
                    }

                    w++;
                    w3++;
                }
            }

            (Vector256.Load(dx0) + sum00).Store(dx0);
            (Vector256.Load(dx0 + 8) + sum01).Store(dx0 + 8);
            if (TColumns.Count > 1)
            {
                (Vector256.Load(dx1) + sum10).Store(dx1);
                (Vector256.Load(dx1 + 8) + sum11).Store(dx1 + 8);
            }

            if (TColumns.Count > 2)
            {
                (Vector256.Load(dx2) + sum20).Store(dx2);
                (Vector256.Load(dx2 + 8) + sum21).Store(dx2 + 8);
                (Vector256.Load(dx3) + sum30).Store(dx3);
                (Vector256.Load(dx3 + 8) + sum31).Store(dx3 + 8);
            }

            if (TColumns.Count > 4)
            {
                (Vector256.Load(dx4) + sum40).Store(dx4);
                (Vector256.Load(dx4 + 8) + sum41).Store(dx4 + 8);
                (Vector256.Load(dx5) + sum50).Store(dx5);
                (Vector256.Load(dx5 + 8) + sum51).Store(dx5 + 8);
            }
        }
    }
}
