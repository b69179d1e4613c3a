using System.Linq;
using Fpe.Counting;

namespace Fpe.Generators.Model;

/// <summary>A model without errors: at least one <see cref="LinearSpec"/>, positive sizes, counts that fit.</summary>
/// <param name="Type">Where the members go.</param>
/// <param name="InputCount">Features of one sample.</param>
/// <param name="Image">The image that a sample is; null for a vector.</param>
/// <param name="CountBiases">Whether the budget is weights and biases instead of weights alone.</param>
/// <param name="Budget">What a model ends with that learns its edges, if that is declared; null for every other model.</param>
/// <param name="Layers">The layers, from input to output.</param>
/// <param name="PlanField">Name of the field that holds the plan: free in the class.</param>
internal sealed record ModelSpec(
    TypeSpec Type, int InputCount, ImageShape? Image, bool CountBiases, long? Budget, EquatableArray<LayerSpec> Layers, string PlanField)
    : EmittedType(Type)
{
    /// <summary>The layers with weights, from input to output; the last one is a <see cref="LinearSpec"/>.</summary>
    public EquatableArray<WeightedLayerSpec> Weighted => Layers.OfType<WeightedLayerSpec>().ToEquatableArray();

    /// <summary>Applies the counting rules.</summary>
    public WeightCounts Count() => WeightCounts.Of([.. Weighted.Select(layer => layer.Size)], CountBiases, Budget);
}
