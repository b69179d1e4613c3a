using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

/// <summary>
/// Computes the products of a layer. Tensors are [features, batch]; weights and their gradients are vectors in an order that each
/// implementation defines, with one element per slot of the layout.
/// </summary>
internal abstract class EdgeProduct : IDisposable
{
    /// <summary>
    /// The cost of one gathered input in multiply-adds, and the factor by which small products are slower than one large product: the
    /// resulting limit between the two implementations agrees with measurements (docs/torchsharp.md).
    /// </summary>
    private const double GatherCost = 24, SmallProductCost = 2;

    /// <summary>Chooses the faster implementation.</summary>
    public static EdgeProduct For(TorchDevice device, EdgeLayout layout)
    {
        double gathered = 0;
        for (int b = 0; b < layout.BlockCount; b++)
            gathered += layout.Block(b).Columns.Length;
        double asBlocks = (SmallProductCost * layout.SlotCount) + (GatherCost * gathered);
        return asBlocks < (double)layout.OutputCount * layout.InputCount
            ? new BlockProduct(device, layout)
            : new MatrixProduct(device, layout);
    }

    /// <summary>sums += W · x.</summary>
    public abstract void AddForward(Tensor weights, Tensor x, Tensor sums);

    /// <summary>dx = Wᵀ · dz.</summary>
    public abstract void InputGradient(Tensor weights, Tensor dz, Tensor dx);

    /// <summary>dW = dz · xᵀ, also at slots that hold no edge.</summary>
    public abstract void WeightGradient(Tensor x, Tensor dz, Tensor weightGradient);

    /// <summary>Returns the index of each slot of the layout in a vector of weights.</summary>
    public abstract long[] Elements(EdgeLayout layout);

    public abstract void Dispose();
}
