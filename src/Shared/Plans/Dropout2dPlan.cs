using System.Collections.Generic;
using Fpe.Compute;

namespace Fpe;

/// <summary>A layer that drops whole channels of an image, as declared.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Input">The image that the layer reads.</param>
/// <param name="Rate">The probability that a channel is set to zero during training; at least 0 and less than 1.</param>
/// <exception cref="PlanException">The name is not a C# identifier, or a number is out of range.</exception>
public sealed partial record Dropout2dPlan(string Name, ImageShape Input, double Rate) : LayerPlan(Name, Input.Count, Input.Count)
{
    /// <summary>Gets the image that the layer reads.</summary>
    public ImageShape Input { get; } = Input;

    /// <summary>Gets the probability that a channel is set to zero during training; at least 0 and less than 1.</summary>
    public double Rate { get; init => field = DropoutPlan.RequireRate(Name, value); } = DropoutPlan.RequireRate(Name, Rate);

    /// <inheritdoc/>
    public override ImageShape? InputImage => Input;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => [];

    /// <inheritdoc/>
    protected internal override OutputUnits OutputUnits => OutputUnits.OfInput;

    /// <inheritdoc/>
    protected internal override int OutputPlaces => Input.Pixels;

    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add("kind", "Dropout2d");
        fields.Add(Input);
        fields.Add("rate", Rate);
    }
}
