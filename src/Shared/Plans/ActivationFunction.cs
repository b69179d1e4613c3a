namespace Fpe.Compute;

/// <summary>Specifies the function that a layer applies to its weighted sums z, element by element.</summary>
public enum ActivationFunction
{
    /// <summary>f(z) = z.</summary>
    Identity,

    /// <summary>f(z) = max(0, z), with f′(0) = 0.</summary>
    Relu,

    /// <summary>f(z) = z · Φ(z) = z/2 · (1 + erf(z/√2)), the exact form.</summary>
    Gelu,

    /// <summary>f(z) = tanh(z).</summary>
    Tanh,

    /// <summary>f(z) = 1 / (1 + exp(−z)).</summary>
    Sigmoid,

    /// <summary>f(z) = z / (1 + exp(−z)), also called swish.</summary>
    Silu,

    /// <summary>f(z) = log(1 + exp(z)).</summary>
    Softplus,

    /// <summary>f(z) = z · min(max(z + 3, 0), 6) / 6, with f′(−3) = 0 and f′(3) = 1.</summary>
    HardSwish,

    /// <summary>f(z) = max(0, z) + slope · min(0, z), with f′(0) = slope; <see cref="ElementFunction.LeakyRelu"/> has the slope.</summary>
    LeakyRelu,
}
