namespace Fpe.Tables.Tests;

[Model(inputs: 12)]
public sealed partial class FlatNet
{
    [Linear(12), Relu, Expand(factor: 2)]
    public partial Linear Hidden { get; }

    [Linear(3)]
    public partial Linear Kinds { get; }
}
