namespace Fpe.EndToEnd.Tests.Graphs;

/// <summary>A residual network of expanded layers with a norm.</summary>
[Model(inputs: 64), Expand(factor: 2, Share = 4)]
public sealed partial class ResidualNet
{
    [Linear(16), Relu]
    public partial Linear Stem { get; }

    [LayerNorm]
    public partial LayerNorm Norm { get; }

    [Linear(16), Gelu]
    public partial Linear Branch { get; }

    [Add(nameof(Stem), nameof(Branch))]
    public partial Add Sum { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}
