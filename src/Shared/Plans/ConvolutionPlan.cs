using System.Collections.Generic;
using Fpe.Compute;
using Fpe.Counting;
using Fpe.Expansion;
using static System.FormattableString;

namespace Fpe;

/// <summary>A convolution of any kind, as declared.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Input">The image that the layer reads.</param>
/// <param name="Filters">The number of filters, which is the number of output channels.</param>
/// <param name="Window">The window.</param>
/// <param name="Groups">The number of groups of channels and filters; the filters of a group read only its channels.</param>
/// <param name="Activation">The function applied to the weighted sums.</param>
/// <exception cref="PlanException">The name is not a C# identifier, a number is out of range, or the activation is not defined.</exception>
public abstract partial record ConvolutionPlan(string Name, ImageShape Input, int Filters, Window2d Window, int Groups, ElementFunction Activation)
    : EdgeLayerPlan(Name, Input.Count, new Conv2dShape(Name, Input, Filters, Window, Groups).Output.Count, Activation)
{
    /// <summary>Gets the shape of the convolution.</summary>
    public Conv2dShape Shape { get; } = new(Name, Input, Filters, Window, Groups);

    /// <summary>Gets the image that the layer reads.</summary>
    public ImageShape Input => Shape.Input;

    /// <summary>Gets the number of filters, which is the number of output channels.</summary>
    public int Filters => Shape.Filters;

    /// <summary>Gets the window.</summary>
    public Window2d Window => Shape.Window;

    /// <summary>Gets the number of groups of channels and filters.</summary>
    public int Groups => Shape.Groups;

    /// <inheritdoc/>
    public override ImageShape? InputImage => Input;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters =>
    [
        new("weight", ParameterRole.Weight, Filters, Shape.GroupChannels, Window.Rows.Kernel, Window.Columns.Kernel),
        new("bias", ParameterRole.Bias, Filters),
    ];

    /// <inheritdoc/>
    protected internal override int OutputPlaces => Shape.Output.Pixels;

    /// <summary>Why a convolution in groups cannot be expanded.</summary>
    internal string WhyNotExpanded => Shape.GroupChannels == 1
        ? "each filter reads a single channel, so the layer cannot be expanded"
        : Invariant($"each filter reads only the {Shape.GroupChannels} channels of its group, so the layer cannot be expanded");

    internal override int NeuronCount => Filters;

    internal override int FanIn => Shape.FanIn;

    /// <summary>A convolution that is not expanded and does not read expanded values does not change.</summary>
    internal override LayerSize? Size => Expansion.IsExpanded ? SizeOfEdges : LayerSize.OfConvolution(FanIn, Filters);

    internal override LayerPlan DenseParent => this with { Expansion = ExpansionPlan.None };
}
