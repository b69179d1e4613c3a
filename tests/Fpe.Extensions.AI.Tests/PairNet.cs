namespace Fpe.Extensions.AI.Tests;

/// <summary>A network with one output, for two topics.</summary>
[Model(inputs: GramGenerator.Width)]
internal sealed partial class PairNet
{
    [Linear(8), Relu, Expand(factor: 2)]
    public partial Linear Hidden { get; }

    [Linear(1)]
    public partial Linear Logit { get; }
}
