using System.Collections.Generic;
using Fpe.Compute;

namespace Fpe;

/// <summary>A layer that keeps the mean of each channel of an image, as it was declared.</summary>
/// <param name="Name">Name of the property that declares the layer.</param>
/// <param name="Input">The image it reads.</param>
/// <exception cref="PlanException">The name is no C# identifier, or the image has no values or too many.</exception>
public sealed partial record GlobalAvgPool2dPlan(string Name, ImageShape Input) : LayerPlan(Name, Input.Count, Input.Channels)
{
    /// <summary>The image it reads.</summary>
    public ImageShape Input { get; } = Input;

    /// <inheritdoc/>
    public override ImageShape? InputImage => Input;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => [];

    /// <inheritdoc/>
    protected internal override OutputUnits OutputUnits => OutputUnits.OfInput;
}
