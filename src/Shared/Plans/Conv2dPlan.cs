using System.Collections.Generic;
using Fpe.Compute;
using Fpe.Counting;
using Fpe.Expansion;

namespace Fpe;

/// <summary>A convolution as it was declared.</summary>
/// <param name="Name">Name of the property that declares the layer.</param>
/// <param name="Input">The image it reads.</param>
/// <param name="Filters">Filters, which are the channels of the output.</param>
/// <param name="Kernel">Rows and columns of the window.</param>
/// <param name="Stride">Rows and columns from one place of the window to the next.</param>
/// <param name="Padding">Rows and columns of zeros on each side of the image; below the kernel.</param>
/// <param name="Activation">The function applied to the weighted sums.</param>
/// <exception cref="PlanException">The name is no C# identifier, a number is out of range, or the activation is none.</exception>
public sealed partial record Conv2dPlan(
    string Name, ImageShape Input, int Filters, int Kernel, int Stride = 1, int Padding = 0,
    ActivationFunction Activation = ActivationFunction.Identity)
    : EdgeLayerPlan(Name, Input.Count, ShapeOf(Name, Input, Filters, Kernel, Stride, Padding).Output.Count, Activation)
{
    /// <summary>The shape of the convolution.</summary>
    public Conv2dShape Shape { get; } = ShapeOf(Name, Input, Filters, Kernel, Stride, Padding);

    /// <summary>The image it reads.</summary>
    public ImageShape Input => Shape.Input;

    /// <summary>Filters, which are the channels of the output.</summary>
    public int Filters => Shape.Filters;

    /// <summary>Rows and columns of the window.</summary>
    public int Kernel => Shape.Kernel;

    /// <summary>Rows and columns from one place of the window to the next.</summary>
    public int Stride => Shape.Stride;

    /// <summary>Rows and columns of zeros on each side of the image.</summary>
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

    /// <summary>A convolution that is not expanded, and reads nothing that is, stays as it is.</summary>
    internal override LayerSize? Size =>
        Expansion.IsExpanded ? SizeOfEdges : LayerSize.OfConvolution(Input.Channels, Kernel, Filters);

    internal override LayerPlan DenseParent => this with { Expansion = ExpansionPlan.None };

    private static Conv2dShape ShapeOf(string name, ImageShape input, int filters, int kernel, int stride, int padding) =>
        new(name, input, filters, kernel, stride, padding);
}
