namespace Fpe.Tables.Tests;

[Model]
public sealed partial class RentNet
{
    [Input(numbers: 2)]
    public partial Input Numbers { get; }

    [Input(tokens: 2, vocabulary: 7)]
    public partial Input Categories { get; }

    [Embedding(3, From = nameof(Categories))]
    public partial Embedding Vectors { get; }

    [Flatten]
    public partial Flatten Flat { get; }

    [Concat(nameof(Numbers), nameof(Flat))]
    public partial Concat All { get; }

    [Linear(16), Relu, Expand(factor: 2)]
    public partial Linear Hidden { get; }

    [Linear(1)]
    public partial Linear Rent { get; }
}
