namespace Fpe.Compute;

/// <summary>Properties of activation functions that kernels depend on.</summary>
public static class ActivationFunctions
{
    /// <summary>
    /// Returns whether the gradient with respect to the weighted sums z is computed from z itself. For the other functions, f′(z) follows
    /// from f(z), so z does not have to be kept.
    /// </summary>
    /// <param name="function">f.</param>
    /// <exception cref="ArgumentOutOfRangeException">The function is unknown.</exception>
    public static bool NeedsWeightedSums(this ActivationFunction function) => function switch
    {
        ActivationFunction.Identity or ActivationFunction.Relu or ActivationFunction.Tanh or ActivationFunction.Sigmoid
            or ActivationFunction.LeakyRelu => false,
        ActivationFunction.Gelu or ActivationFunction.Silu or ActivationFunction.Softplus or ActivationFunction.HardSwish => true,
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown activation function."),
    };
}
