using Fpe.Compute;

namespace Fpe.Onnx.Import;

/// <summary>What a layer computes, as text for messages.</summary>
internal static class LayerText
{
    /// <summary>Returns the kind and the shapes, without the activation.</summary>
    public static string Of(LayerPlan plan) => plan switch
    {
        LinearPlan { Places: 1 } linear => $"Linear {linear.Inputs} → {linear.Neurons}",
        ConvolutionPlan convolution => $"convolution {convolution.Input} → {convolution.Shape.Output}, {Window(convolution.Window)}{(convolution.Groups == 1 ? "" : $", {convolution.Groups} groups")}",
        Pool2dPlan pool => $"{Kind(pool)} {pool.Input} → {pool.Shape.Output}, {Window(pool.Window)}",
        GlobalAvgPool2dPlan pool => $"GlobalAvgPool2d {pool.Input}",
        BatchNormPlan norm => $"BatchNorm of {norm.Units} units at {norm.Places} places, epsilon {norm.Epsilon}",
        ActivationPlan activation => activation.Function.ToString(),
        FlattenPlan flatten => $"Flatten {flatten.Input}",
        _ => $"{Kind(plan)} {plan.Inputs} → {plan.Outputs}",
    };

    private static string Kind(LayerPlan plan) => plan.GetType().Name.Replace("Plan", "", StringComparison.Ordinal);

    private static string Window(Window2d window) => window.IsSquare
        ? Side(window.Rows)
        : $"{Side(window.Rows)} over rows and {Side(window.Columns)} over columns";

    private static string Side(WindowSide side) =>
        $"kernel {side.Kernel}, stride {side.Stride}, padding {side.Padding}{(side.Dilation == 1 ? "" : $", dilation {side.Dilation}")}";
}
