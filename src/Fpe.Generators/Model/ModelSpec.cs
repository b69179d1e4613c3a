using System.Collections.Generic;
using System.Linq;
using Fpe.Counting;

namespace Fpe.Generators.Model;

/// <summary>A model without errors: it has at least one <see cref="LinearPlan"/>, positive sizes and valid counts.</summary>
/// <param name="Type">The class that receives the members.</param>
/// <param name="Sample">The shape of a sample.</param>
/// <param name="CountBiases">Whether the budget covers weights and biases instead of weights only.</param>
/// <param name="Budget">The declared budget of a model that learns its edges; null for all other models, and if there is none.</param>
/// <param name="Layers">The layers, from input to output.</param>
/// <param name="PlanField">The name of the field that holds the plan: unused in the class.</param>
internal sealed record ModelSpec(
    TypeSpec Type, Shape Sample, bool CountBiases, long? Budget, ValueList<LayerSpec> Layers, string PlanField)
    : EmittedType(Type)
{
    /// <summary>The layers, from input to output.</summary>
    public IEnumerable<LayerPlan> Plans => Layers.Select(layer => layer.Plan);

    /// <summary>The number of values in the tables of tokens.</summary>
    public long TableWeights => Plans.SelectMany(plan => plan.Parameters).Where(parameter => parameter.Role == ParameterRole.Table).Sum(parameter => parameter.Count);

    /// <summary>The graph of the values that layers read.</summary>
    public ModelGraph Graph => ModelGraph.Of(Type.Name, Sample.Count, [.. Plans]);

    /// <summary>Applies the counting rules.</summary>
    public WeightCounts Count(ModelGraph graph) => WeightCounts.Of(graph.Sizes, CountBiases, Budget, graph.UnitParameters);
}
