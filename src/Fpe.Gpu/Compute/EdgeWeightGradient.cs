using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

internal sealed partial class GpuKernels
{
    private readonly Kernel<BiasGradientArguments> biasGradients = new(device, BiasGradients);
    private readonly Kernel<EdgeGradientArguments> blockWeightGradient = new(device, BlockWeightGradient);
    private readonly Kernel<EdgeGradientArguments> pieceWeightGradient = new(device, PieceWeightGradient);

    public void EdgeWeightGradient(
        DeviceEdges edges, ElementFunction function, Activations x, Activations? z, Activations y, Activations dy,
        DeviceBuffer weightGradient, DeviceBuffer biasGradient, int batch)
    {
        biasGradients.RunGroups(edges.Layout.OutputCount, new()
        {
            Z = View(z ?? y),
            Y = View(y),
            Dy = View(dy),
            Sums = View(biasGradient),
            Function = new(function),
            IsIdentity = function.Kind == ActivationFunction.Identity ? 1 : 0,
            Stride = Lanes(dy).Stride,
            Batch = batch,
        });
        EdgeTables tables = Edges(edges).Tables;
        var arguments = new EdgeGradientArguments
        {
            Tables = Edges(edges).View,
            Weights = View(weightGradient),
            X = View(x),
            Dz = View(dy),
            Stride = Lanes(dy).Stride,
            Batch = batch,
            Items = tables.GradientTiles,
            Holes = tables.Holes,
        };
        blockWeightGradient.RunGroups(tables.GradientTileCount, arguments, ProductTile.Threads);
        arguments.Items = tables.Pieces;
        pieceWeightGradient.RunGroups(tables.PieceCount, arguments, EdgePiece.Edges);
    }

    /// <summary>A group for each row: dz = dy ⊙ f′(z), in place, and the sum of dz over the samples.</summary>
    private static void BiasGradients(BiasGradientArguments a)
    {
        int start = Grid.IdxX * a.Stride;
        float sum = 0;
        for (int s = Group.IdxX; s < a.Batch; s += Group.DimX)
        {
            float dz = a.Dy[start + s];
            if (a.IsIdentity == 0)
                a.Dy[start + s] = dz = a.Function.Gradient(dz, a.Z[start + s], a.Y[start + s]);
            sum += dz;
        }

        sum = GroupSum.Of(sum);
        if (Group.IdxX == 0)
            a.Sums[Grid.IdxX] = sum;
    }

    /// <summary>Rows × columns of a block: A are gradients, B the inputs that the block reads; the sum is over the samples.</summary>
    private static void BlockWeightGradient(EdgeGradientArguments a)
    {
        ArrayView<float> left = SharedMemory.Allocate<float>(ProductTile.Depth * ProductTile.LeftStride);
        ArrayView<float> right = SharedMemory.Allocate<float>(ProductTile.Depth * ProductTile.RightStride);
        int tile = a.Items + (Grid.IdxX * EdgeTables.TileFields);
        int rows = a.Tables[tile], rowCount = a.Tables[tile + 1], columns = a.Tables[tile + 2], columnCount = a.Tables[tile + 3];
        int slots = a.Tables[tile + 4], slotStride = a.Tables[tile + 5];
        var sums = default(ProductTile);
        for (int first = 0; first < a.Batch; first += ProductTile.Depth)
        {
            for (int e = Group.IdxX; e < ProductTile.Rows * ProductTile.Depth; e += ProductTile.Threads)
            {
                int k = e % ProductTile.Depth, r = e / ProductTile.Depth;
                bool isInside = r < rowCount && first + k < a.Batch;
                left[(k * ProductTile.LeftStride) + r] = isInside ? a.Dz[(a.Tables[rows + r] * a.Stride) + first + k] : 0;
            }

            for (int e = Group.IdxX; e < ProductTile.Columns * ProductTile.Depth; e += ProductTile.Threads)
            {
                int k = e % ProductTile.Depth, c = e / ProductTile.Depth;
                bool isInside = c < columnCount && first + k < a.Batch;
                right[(k * ProductTile.RightStride) + c] = isInside ? a.X[(a.Tables[columns + c] * a.Stride) + first + k] : 0;
            }

            Group.Barrier();
            sums = ProductTile.Add(sums, left, right);
            Group.Barrier();
        }

        for (int i = 0; i < 4; i++)
        {
            int r = ProductTile.FirstRow + i;
            for (int j = 0; j < 4; j++)
            {
                int c = ProductTile.FirstColumn + (16 * j), slot = slots + (r * slotStride) + c;
                if (r < rowCount && c < columnCount)
                    a.Weights[slot] = a.IsEdge(slot) ? sums.Sum(i, j) : 0;
            }
        }
    }

    /// <summary>Edges of one row: a thread for each. Inputs are loaded sample by sample, as they lie in memory, and read edge by edge.</summary>
    private static void PieceWeightGradient(EdgeGradientArguments a)
    {
        ArrayView<float> inputs = SharedMemory.Allocate<float>(EdgePiece.Edges * (EdgePiece.Samples + 1));
        ArrayView<float> slopes = SharedMemory.Allocate<float>(EdgePiece.Samples);
        int piece = a.Items + (Grid.IdxX * EdgeTables.PieceFields), thread = Group.IdxX;
        int row = a.Tables[piece], columns = a.Tables[piece + 1], count = a.Tables[piece + 2], slot = a.Tables[piece + 3] + thread;
        float sum = 0;
        for (int first = 0; first < a.Batch; first += EdgePiece.Samples)
        {
            for (int e = thread; e < EdgePiece.Edges * EdgePiece.Samples; e += EdgePiece.Edges)
            {
                int s = e % EdgePiece.Samples, edge = e / EdgePiece.Samples;
                bool isInside = edge < count && first + s < a.Batch;
                inputs[(edge * (EdgePiece.Samples + 1)) + s] = isInside ? a.X[(a.Tables[columns + edge] * a.Stride) + first + s] : 0;
            }

            if (thread < EdgePiece.Samples)
                slopes[thread] = first + thread < a.Batch ? a.Dz[(row * a.Stride) + first + thread] : 0;
            Group.Barrier();
            for (int s = 0; s < EdgePiece.Samples; s++)
                sum += inputs[(thread * (EdgePiece.Samples + 1)) + s] * slopes[s];
            Group.Barrier();
        }

        if (thread < count)
            a.Weights[slot] = a.IsEdge(slot) ? sum : 0;
    }

    private struct BiasGradientArguments
    {
        public ArrayView<float> Z, Y, Dy, Sums;
        public DeviceFunction Function;
        public int IsIdentity, Stride, Batch;
    }
}
