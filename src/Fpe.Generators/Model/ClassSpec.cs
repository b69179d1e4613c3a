using System.Collections.Generic;
using System.Linq;
using Fpe.Counting;
using Fpe.Generators.Naming;

namespace Fpe.Generators.Model;

/// <summary>A model or block without errors.</summary>
/// <param name="Type">The class that receives the members.</param>
/// <param name="Sample">The shape of a sample, or of the input of a block.</param>
/// <param name="CountBiases">Whether the budget covers weights and biases instead of weights only.</param>
/// <param name="Budget">The declared budget of a model that learns its edges; null for all other models, and if there is none.</param>
/// <param name="Plans">The layers, from input to output, including those of the blocks it uses.</param>
/// <param name="Members">The properties that declare layers or use blocks.</param>
internal abstract record ClassSpec(
    TypeSpec Type, Shape Sample, bool CountBiases, long? Budget, ValueList<LayerPlan> Plans, ValueList<MemberSpec> Members)
    : EmittedType(Type)
{
    /// <summary>The graph of the values that layers read.</summary>
    public ModelGraph Graph => GraphOf(Type.Name, Sample, Plans);

    /// <summary>Applies the counting rules.</summary>
    public WeightCounts Count(ModelGraph graph) => WeightCounts.Of(graph.Sizes, CountBiases, Budget, graph.UnitParameters);

    /// <summary>Returns the graph of the values that layers read; the input of a block on its own counts as the sample.</summary>
    public static ModelGraph GraphOf(string name, Shape sample, IEnumerable<LayerPlan> plans) => ModelGraph.Of(name, sample.Count, [.. plans.Select(OnSample)]);

    private static LayerPlan OnSample(LayerPlan plan) => plan.From.Contains(AttributeNames.BlockInput)
        ? plan with { From = [.. plan.From.Select(source => source == AttributeNames.BlockInput ? LayerPlan.Sample : source)] }
        : plan;
}
