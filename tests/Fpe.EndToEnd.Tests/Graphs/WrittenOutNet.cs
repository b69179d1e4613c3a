namespace Fpe.EndToEnd.Tests.Graphs;

/// <summary>The layers of <see cref="BlockNet"/>, written out.</summary>
[Model(inputs: 64)]
public sealed partial class WrittenOutNet
{
    [Linear(16), Relu]
    public partial Linear Stem { get; }

    [LayerNorm]
    public partial LayerNorm Norm0 { get; }

    [Linear(32), Gelu, Expand(factor: 2, Share = 4)]
    public partial Linear Wide0 { get; }

    [Linear(16)]
    public partial Linear Narrow0 { get; }

    [Add(nameof(Stem), nameof(Narrow0))]
    public partial Add Sum0 { get; }

    [LayerNorm]
    public partial LayerNorm Norm1 { get; }

    [Linear(32), Gelu, Expand(factor: 2, Share = 4)]
    public partial Linear Wide1 { get; }

    [Linear(16)]
    public partial Linear Narrow1 { get; }

    [Add(nameof(Sum0), nameof(Narrow1))]
    public partial Add Sum1 { get; }

    [LayerNorm]
    public partial LayerNorm Norm2 { get; }

    [Linear(32), Gelu, Expand(factor: 2, Share = 4)]
    public partial Linear Wide2 { get; }

    [Linear(16)]
    public partial Linear Narrow2 { get; }

    [Add(nameof(Sum1), nameof(Narrow2))]
    public partial Add Sum2 { get; }

    [Dropout(0.1)]
    public partial Dropout Drop { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}
