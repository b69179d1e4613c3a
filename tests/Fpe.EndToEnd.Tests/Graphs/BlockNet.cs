namespace Fpe.EndToEnd.Tests.Graphs;

/// <summary>A network of blocks; <see cref="WrittenOutNet"/> is the same one.</summary>
[Model(inputs: 64)]
public sealed partial class BlockNet
{
    [Linear(16), Relu]
    public partial Linear Stem { get; }

    [Repeat(2)]
    public partial IReadOnlyList<ResidualBlock> Blocks { get; }

    public partial HeadBlock Head { get; }
}
