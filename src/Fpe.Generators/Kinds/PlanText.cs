using Fpe.Compute;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary>Arguments of plans, as emitted code writes them.</summary>
internal static class PlanText
{
    public static string Argument(ImageShape image) =>
        Invariant($"new {TypeNames.ImageShape}({image.Channels}, {image.Height}, {image.Width})");

    /// <summary>An activation, if there is one, after other arguments.</summary>
    public static string Argument(ActivationFunction activation, string name = "") =>
        activation == ActivationFunction.Identity ? string.Empty : $", {name}{TypeNames.ActivationFunction}.{activation}";

    /// <summary>A number that need not be whole, if it is not the usual one, after other arguments.</summary>
    public static string Option(string name, double value, double usual) =>
        value.Equals(usual) ? string.Empty : Invariant($", {name}: {value:R}");

    /// <summary>A number, if it is not the usual one, after other arguments.</summary>
    public static string Option(string name, int value, int usual) =>
        value == usual ? string.Empty : Invariant($", {name}: {value}");
}
