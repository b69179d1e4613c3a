namespace Fpe.Extensions.AI.Tests;

/// <summary>A network for three topics.</summary>
[Model(inputs: GramGenerator.Width)]
internal sealed partial class TopicNet
{
    [Linear(8), Relu, Expand(factor: 2)]
    public partial Linear Hidden { get; }

    [Linear(3)]
    public partial Linear Logits { get; }
}
