using Fpe.Compute;

namespace Fpe.Research.Controls;

/// <summary>A fully connected layer of which every training step leaves some weights out, as it was declared: see <see cref="DropConnect"/>.</summary>
/// <param name="Name">Name of the property that declares the layer.</param>
/// <param name="Inputs">Fan-in of a neuron of the dense parent.</param>
/// <param name="Neurons">Neurons of the dense parent.</param>
/// <param name="Rate">Probability that a weight is left out of a training step; at least 0 and below 1.</param>
/// <param name="Activation">The function applied to the weighted sums.</param>
/// <exception cref="PlanException">The name is no C# identifier, a number is out of range, or the activation is none.</exception>
public sealed record DropConnectPlan(string Name, int Inputs, int Neurons, double Rate, ElementFunction Activation = default)
    : LinearPlan(Name, Inputs, Neurons, Activation)
{
    /// <summary>Probability that a weight is left out of a training step.</summary>
    public double Rate { get; } = Rate is >= 0 and < 1
        ? Rate
        : throw new PlanException(Name, FormattableString.Invariant($"the probability of DropConnect, {Rate}, must be at least 0 and less than 1."));

    /// <summary>A layer as it is, with DropConnect.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="rate">Probability that a weight is left out of a training step.</param>
    /// <exception cref="PlanException">The probability is out of range, or the layer reads a sequence.</exception>
    public static DropConnectPlan Of(LinearPlan layer, double rate)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (layer.Places > 1)
            throw new PlanException(layer.Name, FormattableString.Invariant($"DropConnect is for layers that read vectors, but this one reads a sequence of {layer.Places} places; leave it out."));
        return new DropConnectPlan(layer.Name, layer.Inputs, layer.Neurons, rate, layer.Activation) { From = layer.From, Expansion = layer.Expansion };
    }

    /// <inheritdoc/>
    protected override LinearPlan WithWidths(int inputs, int neurons) => Of(base.WithWidths(inputs, neurons), Rate);

    /// <summary>Writes the layer as a <see cref="Linear"/> one with a rate, since that is what it is once it is trained.</summary>
    protected override void Describe(IPlanFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        fields.Add("kind", nameof(Linear));
        fields.Add("activation", Activation.ToString());
        fields.Add("dropConnect", Rate);
        fields.Add(Expansion);
    }

    /// <inheritdoc/>
    protected override Layer Create(Device device, long seed, int index) => new DropConnect(this, device, seed, index);
}
