using System.Globalization;

namespace Fpe.Research.Formulas;

/// <summary>An input of a formula, as it is or negated.</summary>
/// <param name="Input">Index of the input, from 0.</param>
/// <param name="IsNegated">Whether the literal is true where the input is 0.</param>
public readonly record struct Literal(int Input, bool IsNegated = false)
{
    /// <summary>Whether the literal is true for a value of its input.</summary>
    public bool IsTrue(bool value) => value != IsNegated;

    /// <summary>Such as <c>x3</c> or <c>¬x3</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsNegated ? "¬" : "")}x{Input}");
}
