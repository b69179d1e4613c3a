using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

internal sealed partial class GpuKernels
{
    private readonly Kernel<EdgeForwardArguments> blockForward = new(device, BlockForward);
    private readonly Kernel<EdgeForwardArguments> rowForward = new(device, RowForward);

    public void EdgeForward(
        DeviceEdges edges, DeviceBuffer weights, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch)
    {
        EdgeTables tables = Edges(edges).Tables;
        var arguments = new EdgeForwardArguments
        {
            Tables = Edges(edges).View,
            Weights = View(weights),
            Bias = View(bias),
            X = View(x),
            Z = View(z ?? y),
            Y = View(y),
            Function = new(function),
            Stride = Lanes(x).Stride,
            Batch = batch,
            Items = tables.ForwardTiles,
            Rows = tables.Rows,
        };
        blockForward.RunGrid(tables.ForwardTileCount, batch, ProductTile.Columns, ProductTile.Threads, arguments);
        arguments.Items = tables.SingleRows;
        rowForward.RunGrid(tables.SingleRowCount, batch, RowLanes.Samples, RowLanes.Threads, arguments);
    }

    private static int Groups(int count, int size) => (count + size - 1) / size;

    /// <summary>Rows × samples of a block: A are weights, B the inputs that the block reads, gathered while they are loaded.</summary>
    private static void BlockForward(EdgeForwardArguments a)
    {
        ArrayView<float> left = SharedMemory.Allocate<float>(ProductTile.Depth * ProductTile.LeftStride);
        ArrayView<float> right = SharedMemory.Allocate<float>(ProductTile.Depth * ProductTile.RightStride);
        int tile = a.Items + (Grid.IdxX * EdgeTables.TileFields), firstSample = Grid.IdxY * ProductTile.Columns;
        int rows = a.Tables[tile], rowCount = a.Tables[tile + 1], columns = a.Tables[tile + 2], columnCount = a.Tables[tile + 3];
        int slots = a.Tables[tile + 4];
        var sums = default(ProductTile);
        for (int first = 0; first < columnCount; first += ProductTile.Depth)
        {
            for (int e = Group.IdxX; e < ProductTile.Rows * ProductTile.Depth; e += ProductTile.Threads)
            {
                int k = e % ProductTile.Depth, r = e / ProductTile.Depth;
                bool isInside = r < rowCount && first + k < columnCount;
                left[(k * ProductTile.LeftStride) + r] = isInside ? a.Weights[slots + (r * columnCount) + first + k] : 0;
            }

            for (int e = Group.IdxX; e < ProductTile.Columns * ProductTile.Depth; e += ProductTile.Threads)
            {
                int s = e % ProductTile.Columns, k = e / ProductTile.Columns;
                bool isInside = first + k < columnCount && firstSample + s < a.Batch;
                right[(k * ProductTile.RightStride) + s] = isInside ? a.X[(a.Tables[columns + first + k] * a.Stride) + firstSample + s] : 0;
            }

            Group.Barrier();
            sums = ProductTile.Add(sums, left, right);
            Group.Barrier();
        }

        for (int i = 0; i < 4; i++)
        {
            if (ProductTile.FirstRow + i >= rowCount)
                continue;
            int row = a.Tables[rows + ProductTile.FirstRow + i];
            for (int j = 0; j < 4; j++)
            {
                int s = firstSample + ProductTile.FirstColumn + (16 * j);
                if (s < a.Batch)
                    a.Store(row, s, sums.Sum(i, j));
            }
        }
    }

    /// <summary>A row × samples, edge by edge.</summary>
    private static void RowForward(EdgeForwardArguments a)
    {
        int row = a.Tables[a.Items + Grid.IdxX], entry = a.Rows + (row * EdgeTables.RowFields), firstSample = Grid.IdxY * RowLanes.Samples;
        int slot = a.Tables[entry], columns = a.Tables[entry + 1], count = a.Tables[entry + 2];
        var lanes = new RowLanes(firstSample, a.Batch);
        for (int e = RowLanes.FirstEdge; e < count; e += RowLanes.Parts)
            lanes = lanes.Add(a.Weights[slot + e], a.X, a.Tables[columns + e] * a.Stride);
        float total = lanes.Total();
        if (Group.IdxX < RowLanes.Samples && firstSample + Group.IdxX < a.Batch)
            a.Store(row, firstSample + Group.IdxX, total);
    }

    private struct EdgeForwardArguments
    {
        public ArrayView<int> Tables;
        public ArrayView<float> Weights, Bias, X, Z, Y;
        public DeviceFunction Function;
        public int Stride, Batch, Items, Rows;

        /// <summary>z = sum + b; y = f(z). Without z, Z is Y, which is then written twice.</summary>
        public readonly void Store(int row, int sample, float sum)
        {
            float z = sum + Bias[row];
            Z[(row * Stride) + sample] = z;
            Y[(row * Stride) + sample] = Function.Of(z);
        }
    }
}
