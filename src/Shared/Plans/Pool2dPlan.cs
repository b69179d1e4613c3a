using System.Collections.Generic;
using Fpe.Compute;

namespace Fpe;

/// <summary>A layer that makes one value of what a square window sees in each channel, as it was declared.</summary>
/// <param name="Name">Name of the property that declares the layer.</param>
/// <param name="Input">The image it reads.</param>
/// <param name="Kernel">Rows and columns of the window.</param>
/// <param name="Stride">Rows and columns from one place of the window to the next.</param>
/// <exception cref="PlanException">The name is no C# identifier, or a number is out of range.</exception>
public abstract partial record Pool2dPlan(string Name, ImageShape Input, int Kernel, int Stride)
    : LayerPlan(Name, Input.Count, new Pool2dShape(Name, Input, Kernel, Stride).Output.Count)
{
    /// <summary>The shape of the pooling layer.</summary>
    public Pool2dShape Shape { get; } = new(Name, Input, Kernel, Stride);

    /// <summary>The image it reads.</summary>
    public ImageShape Input => Shape.Input;

    /// <summary>Rows and columns of the window.</summary>
    public int Kernel => Shape.Kernel;

    /// <summary>Rows and columns from one place of the window to the next.</summary>
    public int Stride => Shape.Stride;

    /// <inheritdoc/>
    public override ImageShape? InputImage => Input;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => [];

    /// <inheritdoc/>
    protected internal override OutputUnits OutputUnits => OutputUnits.OfInput;

    /// <inheritdoc/>
    protected internal override int OutputPlaces => Shape.Output.Pixels;
}
