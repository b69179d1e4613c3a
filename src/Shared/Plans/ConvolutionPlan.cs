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
/// <param name="ReadsSequence">Whether it reads a sequence, which is given as an image of one row, and computes one.</param>
/// <exception cref="PlanException">The name is not a C# identifier, a number is out of range, or the activation is not defined.</exception>
public abstract partial record ConvolutionPlan(
    string Name, ImageShape Input, int Filters, Window2d Window, int Groups, ElementFunction Activation, bool ReadsSequence = false)
    : EdgeLayerPlan(Name, Input.Count, new Conv2dShape(Name, ShapeOf(Input, ReadsSequence), Filters, Window, Groups).Output.Count, Activation)
{
    /// <summary>Gets the shape of the convolution.</summary>
    public Conv2dShape Shape { get; } = new(Name, ShapeOf(Input, ReadsSequence), Filters, Window, Groups);

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
        new("weight", ParameterRole.Weight, [Filters, Shape.GroupChannels, .. KernelSizes]),
        new("bias", ParameterRole.Bias, Filters),
    ];

    /// <inheritdoc/>
    protected internal override int OutputPlaces => Shape.Output.Pixels;

    /// <summary>The sizes of the window in the shape of the weights.</summary>
    internal int[] KernelSizes => ReadsSequence ? [Window.Columns.Kernel] : [Window.Rows.Kernel, Window.Columns.Kernel];

    /// <summary>What the parts of the input are called that have filters' weights of their own.</summary>
    internal string UnitName => ReadsSequence ? "unit" : "channel";

    /// <summary>Why the convolution cannot be expanded; null if it can.</summary>
    internal string? WhyNotExpanded => Groups > 1 && Shape.GroupChannels == 1
        ? $"each filter reads a single {UnitName}, so the layer cannot be expanded"
        : null;

    internal override int NeuronCount => Filters;

    internal override int InputGroups => Groups;

    internal override int FanIn => Shape.FanIn;

    /// <summary>A convolution that is not expanded and does not read expanded values does not change.</summary>
    internal override LayerSize? Size => Expansion.IsExpanded ? SizeOfEdges : LayerSize.OfConvolution(FanIn, Filters);

    internal override LayerPlan DenseParent => this with { Expansion = ExpansionPlan.None };

    /// <summary>Returns an image that the layer reads or computes as the sequence that it stands for, if the layer works on sequences.</summary>
    internal Shape ShapeOf(ImageShape image) => ShapeOf(image, ReadsSequence);

    private static Shape ShapeOf(ImageShape image, bool isSequence) =>
        isSequence ? Fpe.Shape.Sequence(image.Channels, image.Width, tokens: null) : Fpe.Shape.Of(image);

    /// <summary>Writes what is the same for all kinds of convolutions, after the kind: image or sequence, filters, window and activation.</summary>
    protected internal override void Describe(IPlanFields fields)
    {
        if (ReadsSequence)
        {
            fields.Add("units", Input.Channels);
            fields.Add("places", Input.Width);
        }
        else
        {
            fields.Add(Input);
        }

        fields.Add("filters", Filters);
        (WindowSide rows, WindowSide columns) = Window.ShownOver(ShapeOf(Input));
        Describe(fields, "kernel", rows.Kernel, columns.Kernel);
        Describe(fields, "stride", rows.Stride, columns.Stride);
        Describe(fields, "padding", rows.Padding, columns.Padding);
        if (rows.Dilation != 1 || columns.Dilation != 1)
            Describe(fields, "dilation", rows.Dilation, columns.Dilation);
        if (Groups != 1)
            fields.Add("groups", Groups);
        fields.Add(Activation);
        if (Expansion != ExpansionPlan.None)
            fields.Add(Expansion);
    }

    /// <summary>Writes a number of rows and one of columns: as one field if they are equal.</summary>
    private static void Describe(IPlanFields fields, string name, int rows, int columns)
    {
        fields.Add(rows == columns ? name : name + "Height", rows);
        if (rows != columns)
            fields.Add(name + "Width", columns);
    }
}
