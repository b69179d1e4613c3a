namespace Fpe.ML.Tests;

/// <summary>A network for the table, with one output.</summary>
[Model(inputs: 6)]
internal sealed partial class TableNet
{
    [Linear(8), Relu, Expand(factor: 2)]
    public partial Linear Hidden { get; }

    [Linear(1)]
    public partial Linear Output { get; }
}
