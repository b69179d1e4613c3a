using Fpe.Compute;

namespace Fpe;

/// <summary>A dropout layer as it was declared.</summary>
/// <param name="Name">Name of the property that declares the layer.</param>
/// <param name="Width">Values per sample that pass through in the dense parent.</param>
/// <param name="Rate">Probability that a value is set to zero while training; at least 0 and below 1.</param>
public sealed record DropoutPlan(string Name, int Width, double Rate) : LayerPlan(Name, Width, Width)
{
    internal override Layer Create(Device device, long seed, int index) => new Dropout(this, device, index);
}
