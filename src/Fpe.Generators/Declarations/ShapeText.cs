using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Declarations;

/// <summary>Describes shapes in messages.</summary>
internal static class ShapeText
{
    /// <summary>Returns what a value of a shape is.</summary>
    public static string Of(Shape shape) =>
        shape.Vocabulary > 0 ? Invariant($"{Words.Count(shape.Units, "token")} of {shape.Vocabulary}")
        : shape.IsSequence ? $"a sequence of {shape}"
        : shape.Image is { } image ? $"an image of {image}"
        : Words.Count(shape.Units, "value");
}
