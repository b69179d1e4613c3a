namespace Fpe.ML.Tests;

/// <summary>A network for the table, with two outputs.</summary>
[Model(inputs: 6)]
internal sealed partial class PairNet
{
    [Linear(8), Relu, Expand(factor: 2)]
    public partial Linear Hidden { get; }

    [Linear(2)]
    public partial Linear Output { get; }
}
