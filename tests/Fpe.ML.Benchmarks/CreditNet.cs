namespace Fpe.ML.Benchmarks;

/// <summary>The network of the applicants for credit: 9 numbers, 3 marks of missing ones, 17 categories.</summary>
[Model(inputs: 29)]
public sealed partial class CreditNet
{
#pragma warning disable FPE0026 // The table has 29 columns: a neuron's children have 7 or 8 of them.
    [Linear(16), Relu, Expand(factor: 4, strategy: Split.Random)]
    public partial Linear Hidden { get; }
#pragma warning restore FPE0026

    [Linear(1)]
    public partial Linear Output { get; }
}
