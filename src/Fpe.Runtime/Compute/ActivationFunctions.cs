namespace Fpe.Compute;

/// <summary>What kernels have to know of activation functions.</summary>
public static class ActivationFunctions
{
    /// <summary>
    /// Whether the gradient by the weighted sums z is computed from z itself. Of the other functions f′(z) follows from f(z), so z need not be
    /// kept.
    /// </summary>
    /// <param name="function">f.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such function.</exception>
    public static bool NeedsWeightedSums(this ActivationFunction function) => function switch
    {
        ActivationFunction.Identity or ActivationFunction.Relu or ActivationFunction.Tanh or ActivationFunction.Sigmoid => false,
        ActivationFunction.Gelu or ActivationFunction.Silu or ActivationFunction.Softplus or ActivationFunction.HardSwish => true,
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown activation function."),
    };
}
