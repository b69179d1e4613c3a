namespace Fpe.EndToEnd.Tests.Graphs;

/// <summary>A residual block with an expanded layer.</summary>
[Block(inputs: Width)]
public sealed partial class ResidualBlock
{
    private const int Width = 16;

    [LayerNorm]
    public partial LayerNorm Norm { get; }

    [Linear(2 * Width), Gelu, Expand(factor: 2, Share = 4)]
    public partial Linear Wide { get; }

    [Linear(Width)]
    public partial Linear Narrow { get; }

    [Add(BlockAttribute.Input, nameof(Narrow))]
    public partial Add Sum { get; }
}
