using Fpe.Compute;

namespace Fpe;

/// <summary>A convolution whose filters read one channel each, as declared.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Input">The image that the layer reads.</param>
/// <param name="Multiplier">The number of filters of each channel; at least 1.</param>
/// <param name="Window">The window; its padding is less than its reach.</param>
/// <param name="Activation">The function applied to the weighted sums.</param>
/// <exception cref="PlanException">The name is not a C# identifier, a number is out of range, or the activation is not defined.</exception>
public sealed partial record DepthwiseConv2dPlan(string Name, ImageShape Input, int Multiplier, Window2d Window, ElementFunction Activation = default)
    : ConvolutionPlan(Name, Input, FiltersOf(Name, Input, Multiplier), Window, Input.Channels, Activation)
{
    /// <summary>Gets the number of filters of each channel.</summary>
    public int Multiplier => Shape.GroupFilters;

    private static int FiltersOf(string name, ImageShape input, int multiplier) =>
        RequireWidth(name, "filters", (long)PlanException.RequirePositive(name, "the multiplier", multiplier) * input.Channels);

    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add("kind", "DepthwiseConv2d");
        base.Describe(fields);
    }
}
