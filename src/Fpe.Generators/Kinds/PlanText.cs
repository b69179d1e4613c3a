using Fpe.Compute;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary>Writes arguments of plans as emitted code.</summary>
internal static class PlanText
{
    public static string Argument(ImageShape image) =>
        Invariant($"new {TypeNames.ImageShape}({image.Channels}, {image.Height}, {image.Width})");

    public static string Argument(Window2d window) => window.IsSquare
        ? Invariant($"{TypeNames.Window2d}.Square({Numbers(window.Rows, "kernel", "stride", "padding", "dilation")})")
        : Invariant($"new {TypeNames.Window2d}(new({SideText(window.Rows)}), new({SideText(window.Columns)}))");

    /// <summary>Returns an activation, if there is one, as a further argument.</summary>
    public static string Argument(ElementFunction activation, string name = "")
    {
        if (activation.Kind == ActivationFunction.Identity)
            return string.Empty;
        return activation == activation.Kind
            ? $", {name}{TypeNames.ActivationFunction}.{activation.Kind}"
            : Invariant($", {name}{TypeNames.ElementFunction}.{activation.Kind}({activation.Slope:R})");
    }

    /// <summary>Returns that a layer also reads tokens, if it does, as a further argument.</summary>
    public static string ReadsTokens(bool readsTokens) => readsTokens ? ", ReadsTokens: true" : string.Empty;

    /// <summary>Returns a floating-point number, if it is not the default, as a further argument.</summary>
    public static string Option(string name, double value, double usual) =>
        value.Equals(usual) ? string.Empty : Invariant($", {name}: {value:R}");

    /// <summary>Returns an integer, if it is not the default, as a further argument.</summary>
    public static string Option(string name, int value, int usual) =>
        value == usual ? string.Empty : Invariant($", {name}: {value}");

    private static string SideText(WindowSide side) => Numbers(side, "Kernel", "Stride", "Padding", "Dilation");

    private static string Numbers(WindowSide side, string kernel, string stride, string padding, string dilation) =>
        Invariant($"{kernel}: {side.Kernel}") + Option(stride, side.Stride, 1) + Option(padding, side.Padding, 0) + Option(dilation, side.Dilation, 1);
}
