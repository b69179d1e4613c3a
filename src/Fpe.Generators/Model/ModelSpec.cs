using System.Collections.Generic;
using System.Linq;
using Fpe.Counting;

namespace Fpe.Generators.Model;

/// <summary>A model without errors: at least one <see cref="LinearPlan"/>, positive sizes, counts that fit.</summary>
/// <param name="Type">Where the members go.</param>
/// <param name="Sample">The shape of a sample.</param>
/// <param name="CountBiases">Whether the budget is weights and biases instead of weights alone.</param>
/// <param name="Budget">What a model ends with that learns its edges, if that is declared; null for every other model.</param>
/// <param name="Layers">The layers, from input to output.</param>
/// <param name="PlanField">Name of the field that holds the plan: free in the class.</param>
internal sealed record ModelSpec(
    TypeSpec Type, Shape Sample, bool CountBiases, long? Budget, ValueList<LayerSpec> Layers, string PlanField)
    : EmittedType(Type)
{
    /// <summary>The layers, from input to output.</summary>
    public IEnumerable<LayerPlan> Plans => Layers.Select(layer => layer.Plan);

    /// <summary>Which values the layers read.</summary>
    public ModelGraph Graph => ModelGraph.Of(Type.Name, Sample.Count, [.. Plans]);

    /// <summary>Applies the counting rules.</summary>
    public WeightCounts Count(ModelGraph graph) => WeightCounts.Of(graph.Sizes, CountBiases, Budget, graph.UnitParameters);
}
