namespace Fpe.EndToEnd.Tests.Sequences;

/// <summary>A small transformer encoder.</summary>
[Model(tokens: 8, vocabulary: 20)]
public sealed partial class TextNet
{
    [Embedding(12, Positions = true)]
    public partial Embedding Words { get; }

    [Repeat(2)]
    public partial IReadOnlyList<EncoderBlock> Blocks { get; }

    [MeanPool]
    public partial MeanPool Mean { get; }

    [Linear(3)]
    public partial Linear Logits { get; }
}
