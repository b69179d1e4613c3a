namespace Fpe.ML.Benchmarks;

/// <summary>A small network of a table, for the rows it scores in a second.</summary>
[Model(inputs: 24)]
public sealed partial class TableNet
{
    [Linear(16), Relu, Expand(factor: 4, strategy: Split.Random)]
    public partial Linear Hidden { get; }

    [Linear(1)]
    public partial Linear Output { get; }
}
