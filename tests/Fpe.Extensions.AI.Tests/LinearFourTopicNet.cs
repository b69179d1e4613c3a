namespace Fpe.Extensions.AI.Tests;

/// <summary>The same for four topics.</summary>
[Model(inputs: GramGenerator.Width), NonZeroBudget(128)]
internal sealed partial class LinearFourTopicNet
{
    [Linear(4), Expand(factor: 1, strategy: Split.Learned)]
    public partial Linear Logits { get; }
}
