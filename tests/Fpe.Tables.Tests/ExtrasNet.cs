namespace Fpe.Tables.Tests;

/// <summary>A network with two labels.</summary>
[Model(inputs: 2)]
internal sealed partial class ExtrasNet
{
    [Linear(8), Relu, Expand(factor: 2)]
    public partial Linear Hidden { get; }

    [Linear(2)]
    public partial Linear Extras { get; }
}
