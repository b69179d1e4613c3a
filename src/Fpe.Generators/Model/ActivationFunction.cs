namespace Fpe.Generators.Model;

/// <summary>The runtime's <c>Fpe.Compute.ActivationFunction</c>, member by member.</summary>
internal enum ActivationFunction
{
    Identity,
    Relu,
    Gelu,
    Tanh,
    Sigmoid,
}
