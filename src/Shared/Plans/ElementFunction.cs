using static System.FormattableString;

namespace Fpe.Compute;

/// <summary>
/// A function that is applied element by element: an <see cref="ActivationFunction"/> with its parameter, if it has one. A function without
/// parameters converts to it implicitly.
/// </summary>
public readonly record struct ElementFunction
{
    /// <summary>The slope of <see cref="ActivationFunction.LeakyRelu"/> for negative arguments unless another is given.</summary>
    public const double UsualSlope = 0.01;

    private ElementFunction(ActivationFunction kind, double slope) => (Kind, Slope) = (kind, slope);

    /// <summary>Gets the function.</summary>
    public ActivationFunction Kind { get; }

    /// <summary>Gets the slope of <see cref="ActivationFunction.LeakyRelu"/> for negative arguments; 0 for the other functions.</summary>
    public double Slope { get; }

    /// <summary>Returns a function with its usual parameter.</summary>
    /// <param name="kind">The function.</param>
    public static implicit operator ElementFunction(ActivationFunction kind) => new(kind, kind == ActivationFunction.LeakyRelu ? UsualSlope : 0);

    /// <summary>f(z) = max(0, z) + slope · min(0, z).</summary>
    /// <param name="slope">The slope for negative arguments; at least 0 and finite.</param>
    public static ElementFunction LeakyRelu(double slope = UsualSlope) => new(ActivationFunction.LeakyRelu, slope);

    /// <summary>Returns the name of the function, with its parameter if it is not the usual one.</summary>
    public override string ToString() => this == Kind ? Kind.ToString() : Invariant($"{Kind}({Slope:R})");

    /// <summary>Returns whether a slope is allowed: at least 0, so that the sign of f(z) is that of z, and finite.</summary>
    internal static bool IsSlope(double slope) => slope is >= 0 and < double.PositiveInfinity;

    /// <summary>Returns the function if it is defined.</summary>
    /// <exception cref="PlanException">The function is not defined, or its slope is out of range.</exception>
    internal static ElementFunction Require(string layer, ElementFunction function)
    {
        PlanException.RequireDefined(layer, function.Kind);
        return IsSlope(function.Slope)
            ? function
            : throw new PlanException(layer, Invariant($"slope {function.Slope} must be at least 0 and finite."));
    }
}
