using System.Collections.Generic;
using Fpe.Compute;
using Fpe.Counting;
using Fpe.Expansion;

namespace Fpe;

/// <summary>A convolution as declared.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Input">The image that the layer reads.</param>
/// <param name="Filters">The number of filters, which is the number of output channels.</param>
/// <param name="Kernel">The rows and columns of the window.</param>
/// <param name="Stride">The step of the window in rows and columns.</param>
/// <param name="Padding">The rows and columns of zeros on each side of the image; less than the kernel size.</param>
/// <param name="Activation">The function applied to the weighted sums.</param>
/// <exception cref="PlanException">The name is not a C# identifier, a number is out of range, or the activation is not defined.</exception>
public sealed partial record Conv2dPlan(
    string Name, ImageShape Input, int Filters, int Kernel, int Stride = 1, int Padding = 0,
    ElementFunction Activation = default)
    : EdgeLayerPlan(Name, Input.Count, ShapeOf(Name, Input, Filters, Kernel, Stride, Padding).Output.Count, Activation)
{
    /// <summary>Gets the shape of the convolution.</summary>
    public Conv2dShape Shape { get; } = ShapeOf(Name, Input, Filters, Kernel, Stride, Padding);

    /// <summary>Gets the image that the layer reads.</summary>
    public ImageShape Input => Shape.Input;

    /// <summary>Gets the number of filters, which is the number of output channels.</summary>
    public int Filters => Shape.Filters;

    /// <summary>Gets the rows and columns of the window.</summary>
    public int Kernel => Shape.Kernel;

    /// <summary>Gets the step of the window in rows and columns.</summary>
    public int Stride => Shape.Stride;

    /// <summary>Gets the rows and columns of zeros on each side of the image.</summary>
    public int Padding => Shape.Padding;

    /// <inheritdoc/>
    public override ImageShape? InputImage => Input;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters =>
        [new("weight", ParameterRole.Weight, Filters, Input.Channels, Kernel, Kernel), new("bias", ParameterRole.Bias, Filters)];

    /// <inheritdoc/>
    protected internal override int OutputPlaces => Shape.Output.Pixels;

    internal override int NeuronCount => Filters;

    internal override int FanIn => Input.Channels * Kernel * Kernel;

    /// <summary>A convolution that is not expanded and does not read expanded values does not change.</summary>
    internal override LayerSize? Size =>
        Expansion.IsExpanded ? SizeOfEdges : LayerSize.OfConvolution(Input.Channels, Kernel, Filters);

    internal override LayerPlan DenseParent => this with { Expansion = ExpansionPlan.None };

    private static Conv2dShape ShapeOf(string name, ImageShape input, int filters, int kernel, int stride, int padding) =>
        new(name, input, filters, kernel, stride, padding);
}
