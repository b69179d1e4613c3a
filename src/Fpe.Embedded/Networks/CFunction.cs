using Fpe.Compute;
using Fpe.Embedded.Source;

namespace Fpe.Embedded.Networks;

/// <summary>An activation in C.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Statements">The statements that return its value for <c>z</c>.</param>
/// <param name="NeedsMath">Whether they need <c>math.h</c>.</param>
/// <param name="Needs">Another function that they call; null if there is none.</param>
internal sealed record CFunction(string Name, IReadOnlyList<string> Statements, bool NeedsMath, CFunction? Needs = null)
{
    private static readonly CFunction Sigmoid = new(
        "sigmoid",
        ["const float e = expf(z < 0.0f ? z : -z); /* of a negative number, so that it cannot overflow */", "", "return (z < 0.0f ? e : 1.0f) / (1.0f + e);"],
        NeedsMath: true);

    /// <summary>Returns the function of an activation; null for the identity.</summary>
    public static CFunction? Of(ElementFunction function) => function.Kind switch
    {
        ActivationFunction.Identity => null,
        ActivationFunction.Relu => new("relu", ["return z > 0.0f ? z : 0.0f;"], NeedsMath: false),
        ActivationFunction.Gelu => new("gelu", ["return 0.5f * z * erfcf(-0.70710678f * z);"], NeedsMath: true),
        ActivationFunction.Tanh => new("hyperbolic_tangent", ["return tanhf(z);"], NeedsMath: true),
        ActivationFunction.Sigmoid => Sigmoid,
        ActivationFunction.Silu => new("silu", ["return z * sigmoid(z);"], NeedsMath: true, Sigmoid),
        ActivationFunction.Softplus => new("softplus", ["return (z > 0.0f ? z : 0.0f) + log1pf(expf(z < 0.0f ? z : -z));"], NeedsMath: true),
        ActivationFunction.HardSwish => new("hard_swish", ["const float gate = z + 3.0f;", "", "return z * ((gate < 0.0f ? 0.0f : gate > 6.0f ? 6.0f : gate) / 6.0f);"], NeedsMath: false),
        ActivationFunction.LeakyRelu => OfSlope((float)function.Slope),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown activation function."),
    };

    /// <summary>Returns how an activation is called on an expression.</summary>
    public static string Call(ElementFunction function, string z) => Of(function) is { } called ? $"{called.Name}({z})" : z;

    /// <summary>Writes the function.</summary>
    public void Write(CWriter text) => text.Function($"static float {Name}(float z)", () => text.Lines([.. Statements]));

    // Layers can have different slopes, so the name has the bits of this one.
    private static CFunction OfSlope(float slope)
    {
        string suffix = slope == (float)ElementFunction.UsualSlope ? "" : $"_{BitConverter.SingleToUInt32Bits(slope):x8}";
        return new("leaky_relu" + suffix, [$"return z > 0.0f ? z : z * {CLiteral.Of(slope)};"], NeedsMath: false);
    }
}
