namespace Fpe.EndToEnd.Tests.Graphs;

/// <summary>Learned edges through a hidden layer, and from the inputs to the classes directly.</summary>
[Model(inputs: 64), NonZeroBudget(400)]
public sealed partial class SkipNet
{
    [Linear(16), Relu, Expand(factor: 4, strategy: Split.Learned)]
    public partial Linear Hidden { get; }

    [Linear(10), Expand(factor: 1, strategy: Split.Learned)]
    public partial Linear Classes { get; }

    [Linear(10, From = ModelAttribute.Sample), Expand(factor: 1, strategy: Split.Learned)]
    public partial Linear Direct { get; }

    [Add(nameof(Classes), nameof(Direct))]
    public partial Add Logits { get; }
}
