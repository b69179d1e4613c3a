namespace Fpe.Generators.Declarations;

/// <summary>A property with <c>[Input]</c>: consecutive values of a sample.</summary>
/// <param name="property">The property.</param>
/// <param name="shape">The shape of the values; null if it is not valid.</param>
internal sealed class DeclaredInput(LayerProperty property, Shape? shape) : DeclaredLayer(property)
{
    /// <summary>The shape of the values; null if it is not valid.</summary>
    public Shape? Shape => shape;

    /// <summary>The position of its first value in a sample, from 0.</summary>
    public int First { get; set; }

    /// <inheritdoc/>
    protected override LayerPlan BarePlan => new InputPlan(Name, Input!.Value.Count, First, shape!.Value.Count, shape.Value.Vocabulary);

    /// <inheritdoc/>
    protected override Shape? OutputOf(Shape? input, Findings findings) => shape;
}
