namespace Fpe.Extensions.AI.Tests;

/// <summary>A linear classifier of three topics that learns which weights it keeps.</summary>
[Model(inputs: GramGenerator.Width), NonZeroBudget(96)]
internal sealed partial class LinearTopicNet
{
    [Linear(3), Expand(factor: 1, strategy: Split.Learned)]
    public partial Linear Logits { get; }
}
