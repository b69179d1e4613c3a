using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>The inner loop of <see cref="CpuKernels.EdgeInputGradient"/>: 4 columns × 16 lanes in registers.</summary>
internal static unsafe class InputGradientTile
{
    /// <summary>Columns of a tile.</summary>
    public const int Columns = 4;

    /// <summary>dx[c, l] += Σ_r w[r, c] · dz[r, l] for some rows of a block, up to 4 columns and 16 lanes l.</summary>
    /// <param name="weights">The buffer over the edges.</param>
    /// <param name="block">The block.</param>
    /// <param name="firstRow">First row: the start of a group.</param>
    /// <param name="endRow">End of the rows: the start of a group, or of the block's end.</param>
    /// <param name="firstColumn">First column; where there are fewer than 4, the last stands for the others too.</param>
    /// <param name="dz">First lane of row 0.</param>
    /// <param name="dx">First lane of column 0.</param>
    /// <param name="width">Floats from a feature to the next, in <paramref name="dz"/> and <paramref name="dx"/>.</param>
    public static void Add(float* weights, in CpuBlock block, int firstRow, int endRow, int firstColumn, float* dz, float* dx, nint width)
    {
        int last = Math.Min(Columns, block.ColumnCount - firstColumn) - 1;
        int c1 = Math.Min(1, last), c2 = Math.Min(2, last), c3 = last;
        int* columns = block.Columns + firstColumn;
        float* dx0 = dx + columns[0] * width, dx1 = dx + columns[c1] * width;
        float* dx2 = dx + columns[c2] * width, dx3 = dx + columns[c3] * width;
        var sum00 = Vector256.Load(dx0);
        var sum01 = Vector256.Load(dx0 + 8);
        var sum10 = Vector256.Load(dx1);
        var sum11 = Vector256.Load(dx1 + 8);
        var sum20 = Vector256.Load(dx2);
        var sum21 = Vector256.Load(dx2 + 8);
        var sum30 = Vector256.Load(dx3);
        var sum31 = Vector256.Load(dx3 + 8);

        for (int group = firstRow; group < endRow; group += CpuBlock.GroupHeight)
        {
            int height = block.HeightAt(group);
            float* w = block.Group(weights, group) + (nint)firstColumn * height;
            float* w1 = w + c1 * height, w2 = w + c2 * height, w3 = w + c3 * height;
            int* rows = block.Rows + group;
            for (nint r = 0; r < height; r++)
            {
                float* gradient = dz + rows[r] * width;
                var dz0 = Vector256.Load(gradient);
                var dz1 = Vector256.Load(gradient + 8);
                var weight = Vector256.Create(w[r]);
                sum00 = Vector256.MultiplyAddEstimate(weight, dz0, sum00);
                sum01 = Vector256.MultiplyAddEstimate(weight, dz1, sum01);
                weight = Vector256.Create(w1[r]);
                sum10 = Vector256.MultiplyAddEstimate(weight, dz0, sum10);
                sum11 = Vector256.MultiplyAddEstimate(weight, dz1, sum11);
                weight = Vector256.Create(w2[r]);
                sum20 = Vector256.MultiplyAddEstimate(weight, dz0, sum20);
                sum21 = Vector256.MultiplyAddEstimate(weight, dz1, sum21);
                weight = Vector256.Create(w3[r]);
                sum30 = Vector256.MultiplyAddEstimate(weight, dz0, sum30);
                sum31 = Vector256.MultiplyAddEstimate(weight, dz1, sum31);
            }
        }

        sum00.Store(dx0);
        sum01.Store(dx0 + 8);
        sum10.Store(dx1);
        sum11.Store(dx1 + 8);
        sum20.Store(dx2);
        sum21.Store(dx2 + 8);
        sum30.Store(dx3);
        sum31.Store(dx3 + 8);
    }
}
