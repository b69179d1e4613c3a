using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

internal sealed partial class GpuKernels
{
    private readonly Kernel<EdgeGradientArguments> blockInputGradient = new(device, BlockInputGradient);
    private readonly Kernel<EdgeGradientArguments> columnInputGradient = new(device, ColumnInputGradient);

    public void EdgeInputGradient(
        DeviceEdges edges, DeviceBuffer weights, ElementFunction function,
        Activations? z, Activations y, Activations dy, Activations dx, int batch)
    {
        if (function.Kind != ActivationFunction.Identity)
            ActivationGradient(function, z, y, dy, batch);
        EdgeTables tables = Edges(edges).Tables;
        var arguments = new EdgeGradientArguments
        {
            Tables = Edges(edges).View,
            Weights = View(weights),
            X = View(dx),
            Dz = View(dy),
            Stride = Lanes(dy).Stride,
            Batch = batch,
            Items = tables.HasInputTiles ? tables.InputTiles : tables.Columns,
            ItemCount = edges.Layout.InputCount,
        };
        if (!tables.HasInputTiles)
        {
            columnInputGradient.RunGrid(edges.Layout.InputCount, batch, RowLanes.Samples, RowLanes.Threads, arguments);
            return;
        }

        if (!tables.CoversInputs)
            fill.RunFor((int)View(dx).Length, new() { Y = View(dx) });
        blockInputGradient.RunGrid(tables.InputTileCount, batch, ProductTile.Columns, ProductTile.Threads, arguments);
    }

    /// <summary>Inputs × samples of a block: A are weights, B the gradients of the block's rows.</summary>
    private static void BlockInputGradient(EdgeGradientArguments a)
    {
        ArrayView<float> left = SharedMemory.Allocate<float>(ProductTile.Depth * ProductTile.LeftStride);
        ArrayView<float> right = SharedMemory.Allocate<float>(ProductTile.Depth * ProductTile.RightStride);
        int tile = a.Items + (Grid.IdxX * EdgeTables.TileFields), firstSample = Grid.IdxY * ProductTile.Columns;
        int rows = a.Tables[tile], rowCount = a.Tables[tile + 1], columns = a.Tables[tile + 2], columnCount = a.Tables[tile + 3];
        int slots = a.Tables[tile + 4], slotStride = a.Tables[tile + 5];
        var sums = default(ProductTile);
        for (int first = 0; first < rowCount; first += ProductTile.Depth)
        {
            for (int e = Group.IdxX; e < ProductTile.Rows * ProductTile.Depth; e += ProductTile.Threads)
            {
                int c = e % ProductTile.Rows, k = e / ProductTile.Rows;
                bool isInside = c < columnCount && first + k < rowCount;
                left[(k * ProductTile.LeftStride) + c] = isInside ? a.Weights[slots + ((first + k) * slotStride) + c] : 0;
            }

            for (int e = Group.IdxX; e < ProductTile.Columns * ProductTile.Depth; e += ProductTile.Threads)
            {
                int s = e % ProductTile.Columns, k = e / ProductTile.Columns;
                bool isInside = first + k < rowCount && firstSample + s < a.Batch;
                right[(k * ProductTile.RightStride) + s] = isInside ? a.Dz[(a.Tables[rows + first + k] * a.Stride) + firstSample + s] : 0;
            }

            Group.Barrier();
            sums = ProductTile.Add(sums, left, right);
            Group.Barrier();
        }

        for (int i = 0; i < 4; i++)
        {
            if (ProductTile.FirstRow + i >= columnCount)
                continue;
            int start = a.Tables[columns + ProductTile.FirstRow + i] * a.Stride;
            for (int j = 0; j < 4; j++)
            {
                int s = firstSample + ProductTile.FirstColumn + (16 * j);
                if (s < a.Batch)
                    a.X[start + s] = sums.Sum(i, j);
            }
        }
    }

    /// <summary>An input × samples, edge by edge.</summary>
    private static void ColumnInputGradient(EdgeGradientArguments a)
    {
        int column = Grid.IdxX, edges = a.Items + a.ItemCount + 1, end = a.Tables[a.Items + column + 1], firstSample = Grid.IdxY * RowLanes.Samples;
        var lanes = new RowLanes(firstSample, a.Batch);
        for (int e = a.Tables[a.Items + column] + RowLanes.FirstEdge; e < end; e += RowLanes.Parts)
            lanes = lanes.Add(a.Weights[a.Tables[edges + (2 * e) + 1]], a.Dz, a.Tables[edges + (2 * e)] * a.Stride);
        float total = lanes.Total();
        if (Group.IdxX < RowLanes.Samples && firstSample + Group.IdxX < a.Batch)
            a.X[(column * a.Stride) + firstSample + Group.IdxX] = total;
    }

    /// <summary>Arguments of the gradients by inputs, which X receives, and by weights, which Weights receives.</summary>
    private struct EdgeGradientArguments
    {
        public ArrayView<int> Tables;
        public ArrayView<float> Weights, X, Dz;
        public int Stride, Batch, Items, ItemCount, Holes;

        public readonly bool IsEdge(int slot) => Holes < 0 || ((Tables[Holes + (slot >> 5)] >> (slot & 31)) & 1) != 0;
    }
}
