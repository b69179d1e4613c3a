using Fpe.Compute;

namespace Fpe;

/// <summary>A layer that puts values one after the other, as it was declared; <see cref="LayerPlan.From"/> names them.</summary>
/// <param name="Name">Name of the property that declares the layer.</param>
/// <param name="Widths">Values per sample of each of them in the dense parent.</param>
/// <exception cref="PlanException">The name is no C# identifier, or a width is out of range.</exception>
public sealed record ConcatPlan(string Name, IReadOnlyList<int> Widths) : LayerPlan(Name, SumOf(Name, Widths), SumOf(Name, Widths))
{
    /// <summary>Values per sample of each of the values in the dense parent.</summary>
    public IReadOnlyList<int> Widths { get; } = [.. Widths];

    internal override IReadOnlyList<int> InputWidths => Widths;

    internal override OutputUnits OutputUnits => OutputUnits.OfAllInputs;

    internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => new ConcatPlan(Name, widths) { From = From };

    internal override void Describe(IPlanFields fields) => fields.Add("kind", nameof(Concat));

    internal override Layer Create(Device device, long seed, int index) => new Concat(this, device);

    /// <inheritdoc/>
    public bool Equals(ConcatPlan? other) => base.Equals(other) && Widths.SequenceEqual(other.Widths);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Widths.Count);

    private static int SumOf(string name, IReadOnlyList<int> widths) =>
        RequireWidth(name, "outputs", widths.Sum(width => (long)PlanException.RequirePositive(name, "the width of a value", width)));
}
