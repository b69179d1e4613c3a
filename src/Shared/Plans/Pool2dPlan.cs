using System.Collections.Generic;
using Fpe.Compute;

namespace Fpe;

/// <summary>A layer that makes one value of what a window sees in each channel, as declared.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Input">The image that the layer reads.</param>
/// <param name="Window">The window.</param>
/// <exception cref="PlanException">The name is not a C# identifier, or a number is out of range.</exception>
public abstract partial record Pool2dPlan(string Name, ImageShape Input, Window2d Window)
    : LayerPlan(Name, Input.Count, new Pool2dShape(Name, Input, Window).Output.Count)
{
    /// <summary>Gets the shape of the pooling layer.</summary>
    public Pool2dShape Shape { get; } = new(Name, Input, Window);

    /// <summary>Gets the image that the layer reads.</summary>
    public ImageShape Input => Shape.Input;

    /// <summary>Gets the window.</summary>
    public Window2d Window => Shape.Window;

    /// <inheritdoc/>
    public override ImageShape? InputImage => Input;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => [];

    /// <inheritdoc/>
    protected internal override OutputUnits OutputUnits => OutputUnits.OfInput;

    /// <inheritdoc/>
    protected internal override int OutputPlaces => Shape.Output.Pixels;

    /// <summary>Writes image and window, after the kind.</summary>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add(Input);
        fields.Add("kernel", Window.Rows.Kernel);
        fields.Add("stride", Window.Rows.Stride);
        if (Window.Rows.Padding > 0)
            fields.Add("padding", Window.Rows.Padding);
    }
}
