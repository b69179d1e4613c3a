using System.Collections.Generic;
using Fpe.Compute;

namespace Fpe;

/// <summary>A layer that turns an image into a vector, as declared.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Input">The image that the layer reads.</param>
/// <exception cref="PlanException">The name is not a C# identifier, or the image has no values or too many.</exception>
public sealed partial record FlattenPlan(string Name, ImageShape Input) : LayerPlan(Name, Input.Count, Input.Count)
{
    /// <summary>Gets the image that the layer reads.</summary>
    public ImageShape Input { get; } = Input;

    /// <inheritdoc/>
    public override ImageShape? InputImage => Input;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => [];

    /// <inheritdoc/>
    protected internal override int OutputPlaces => Input.Pixels;

    /// <inheritdoc/>
    protected internal override OutputUnits OutputUnits => OutputUnits.OfInput;

    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add("kind", "Flatten");
        fields.Add(Input);
    }
}
