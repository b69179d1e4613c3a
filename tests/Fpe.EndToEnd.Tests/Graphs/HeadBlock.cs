namespace Fpe.EndToEnd.Tests.Graphs;

/// <summary>A block in which another one is used, with the outputs of a model.</summary>
[Block(inputs: 16)]
public sealed partial class HeadBlock
{
    public partial ResidualBlock Last { get; }

    [Dropout(0.1)]
    public partial Dropout Drop { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}
