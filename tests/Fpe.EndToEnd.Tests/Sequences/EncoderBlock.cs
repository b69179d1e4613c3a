namespace Fpe.EndToEnd.Tests.Sequences;

/// <summary>Attention, and fully connected layers at each place.</summary>
[Block(units: 12, places: 8)]
public sealed partial class EncoderBlock
{
    [LayerNorm]
    public partial LayerNorm FirstNorm { get; }

    [Linear(3 * 12)]
    public partial Linear Queries { get; }

    [SelfAttention(heads: 2)]
    public partial SelfAttention Attention { get; }

    [Linear(12)]
    public partial Linear Mixed { get; }

    [Add(BlockAttribute.Input, nameof(Mixed))]
    public partial Add First { get; }

    [LayerNorm]
    public partial LayerNorm SecondNorm { get; }

    [Linear(12), Gelu, Expand(factor: 4)]
    public partial Linear Wide { get; }

    [Linear(12)]
    public partial Linear Narrow { get; }

    [Add(nameof(First), nameof(Narrow))]
    public partial Add Second { get; }
}
