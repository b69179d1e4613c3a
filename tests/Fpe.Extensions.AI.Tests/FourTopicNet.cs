namespace Fpe.Extensions.AI.Tests;

/// <summary>The same for four topics.</summary>
[Model(inputs: GramGenerator.Width)]
internal sealed partial class FourTopicNet
{
    [Linear(8), Relu, Expand(factor: 2)]
    public partial Linear Hidden { get; }

    [Linear(4)]
    public partial Linear Logits { get; }
}
