using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

/// <summary>Some blocks of equal shape: their weights are [blocks, rows, columns], their gathered inputs [blocks, columns, batch].</summary>
internal sealed class BlockBatch : IDisposable
{
    private readonly int blocks;
    private readonly int rows;
    private readonly int columns;
    private readonly int firstElement;
    private readonly Tensor rowIndices;
    private readonly Tensor columnIndices;

    /// <summary>Copies the indices of the blocks to the device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="layout">The layer.</param>
    /// <param name="members">The indices of the blocks.</param>
    /// <param name="rows">Rows per block.</param>
    /// <param name="columns">Columns per block.</param>
    /// <param name="firstElement">Index of the first weight of the first block.</param>
    public BlockBatch(TorchDevice device, EdgeLayout layout, int[] members, int rows, int columns, int firstElement)
    {
        (blocks, this.rows, this.columns, this.firstElement) = (members.Length, rows, columns, firstElement);
        var rowOf = new List<long>(blocks * rows);
        var columnOf = new List<long>(blocks * columns);
        foreach (int member in members)
        {
            EdgeBlock block = layout.Block(member);
            foreach (int row in block.Rows)
                rowOf.Add(row);
            foreach (int column in block.Columns)
                columnOf.Add(column);
        }

        rowIndices = device.Indices([.. rowOf]);
        columnIndices = device.Indices([.. columnOf]);
    }

    /// <summary>sums[rows] += W · x[columns]; no row is in two blocks.</summary>
    public void AddForward(Tensor weights, Tensor x, Tensor sums) =>
        sums.index_add_(0, rowIndices, Weights(weights).bmm(Inputs(x)).view(blocks * rows, x.shape[1]), alpha: TorchKernels.One);

    /// <summary>dx[columns] += Wᵀ · dz[rows]; blocks may share columns.</summary>
    public void AddInputGradient(Tensor weights, Tensor dz, Tensor dx) =>
        dx.index_add_(0, columnIndices, Weights(weights).transpose(1, 2).bmm(Outputs(dz)).view(blocks * columns, dz.shape[1]), alpha: TorchKernels.One);

    /// <summary>dW = dz[rows] · x[columns]ᵀ.</summary>
    public void WeightGradient(Tensor x, Tensor dz, Tensor weightGradient) =>
        Weights(weightGradient).copy_(Outputs(dz).bmm(Inputs(x).transpose(1, 2)));

    public void Dispose()
    {
        rowIndices.Dispose();
        columnIndices.Dispose();
    }

    private Tensor Weights(Tensor weights) => weights.narrow(0, firstElement, (long)blocks * rows * columns).view(blocks, rows, columns);

    private Tensor Inputs(Tensor x) => x.index_select(0, columnIndices).view(blocks, columns, x.shape[1]);

    private Tensor Outputs(Tensor dz) => dz.index_select(0, rowIndices).view(blocks, rows, dz.shape[1]);
}
