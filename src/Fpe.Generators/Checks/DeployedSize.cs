using System;
using System.Collections.Generic;
using System.Linq;
using Fpe.Counting;
using Fpe.Generators.Declarations;
using static System.FormattableString;

namespace Fpe.Generators.Checks;

/// <summary>The bytes of a model in generated C, and those that it would have with a smaller layer.</summary>
/// <param name="model">A model without errors.</param>
internal sealed class DeployedSize(DeclaredModel model)
{
    /// <summary>The most sizes of a layer that are tried before single ones are.</summary>
    private const int Steps = 256;

    private readonly LayerPlan[] layers = [.. model.Layers.Select(layer => layer.Plan)];

    /// <summary>The layer because of which there is no such C, and the reason; null if there is.</summary>
    public (LayerPlan Layer, string Problem)? WhyNot(NumberFormat format) => ByteCounts.WhyNot(GraphOf(layers), layers, format);

    /// <summary>Counts the bytes of the model.</summary>
    public ByteCounts Count(NumberFormat format) => Count(layers, format)!;

    /// <summary>The layer with the most values after expansion.</summary>
    public (string Name, int Width) Widest
    {
        get
        {
            ModelGraph graph = GraphOf(layers);
            int widest = Enumerable.Range(0, layers.Length).OrderByDescending(graph.ExpandedWidth).First();
            return (layers[widest].Name, graph.ExpandedWidth(widest));
        }
    }

    /// <summary>Returns how the largest hidden layer could be made smaller, so that the model fits: its widest width, and its largest factor.</summary>
    public IEnumerable<string> SmallerLayers(ByteCounts counts, long budget, NumberFormat format)
    {
        string? largest = counts.Layers.Where(layer => PositionOfHidden(layer.Name) >= 0).OrderByDescending(layer => layer.Tables).Select(layer => layer.Name).FirstOrDefault();
        if (largest is null)
            yield break;
        int position = PositionOfHidden(largest);
        var hidden = (LinearPlan)layers[position];
        if (Largest(hidden.Neurons - 1, neurons => Fits(position, Resized(hidden, neurons), budget, format)) is { } width)
            yield return Invariant($"give {hidden.Name} {width} neurons");
        if (Largest(hidden.Expansion.Factor - 1, factor => Fits(position, hidden with { Expansion = hidden.Expansion with { Factor = factor } }, budget, format)) is { } fewer)
            yield return Invariant($"give {hidden.Name} factor {fewer}");
    }

    /// <summary>Returns the position of a hidden fully connected layer; −1 if no such layer has the name.</summary>
    private int PositionOfHidden(string name) =>
        Array.FindIndex(layers, 0, Array.FindLastIndex(layers, layer => layer is LinearPlan), layer => layer is LinearPlan && layer.Name == name);

    /// <summary>Returns the largest number from 1 that fits, or null. Of many numbers, every n-th is tried first, and then those above it.</summary>
    private static int? Largest(int most, Func<int, bool> fits)
    {
        int step = Math.Max(1, most / Steps);
        int fitting = most;
        while (fitting > 0 && !fits(fitting))
            fitting -= fitting > step ? step : 1;
        if (fitting <= 0)
            return null;
        for (int larger = Math.Min(most, fitting + step - 1); larger > fitting; larger--)
        {
            if (fits(larger))
                return larger;
        }

        return fitting;
    }

    private bool Fits(int position, LinearPlan changed, long budget, NumberFormat format)
    {
        try
        {
            return Count(With(position, changed), format)?.TablesBytes <= budget;
        }
        catch (PlanException)
        {
            return false; // another layer cannot have the width
        }
    }

    /// <summary>Counts the bytes of layers; null if they cannot have the weights that they need.</summary>
    private ByteCounts? Count(LayerPlan[] chain, NumberFormat format)
    {
        ModelGraph graph = GraphOf(chain);
        WeightCounts counts = WeightCounts.Of(graph.Sizes, model.CountBiases, model.LearnedBudget, graph.UnitParameters);
        bool hasWeights = counts.ExpandedLinearWeights >= counts.LinearFloor
            && (!counts.LearnsEdges || counts.ExpandedLinearWeights <= Math.Min(counts.LinearCeiling, counts.LinearBeforePruning - 1));
        return hasWeights ? ByteCounts.Of(graph, chain, model.Sample!.Value.Count, counts, format) : null;
    }

    private ModelGraph GraphOf(LayerPlan[] chain) => ModelGraph.Of(model.Name, model.Sample!.Value.Count, chain);

    /// <summary>Returns the layers with another one in the place of one of them; those that read it follow its width.</summary>
    private LayerPlan[] With(int position, LinearPlan changed)
    {
        var chain = (LayerPlan[])layers.Clone();
        chain[position] = changed;
        for (int l = position + 1; l < chain.Length; l++)
        {
            int width = chain[l - 1].Outputs;
            switch (chain[l])
            {
                case LinearPlan reader:
                    RequireInputs(reader, width);
                    chain[l] = new LinearPlan(reader.Name, width, reader.Neurons, reader.Activation) { Expansion = reader.Expansion };
                    return chain;
                case ActivationPlan activation:
                    chain[l] = new ActivationPlan(activation.Name, width, activation.Function);
                    break;
                case BatchNormPlan norm:
                    chain[l] = new BatchNormPlan(norm.Name, width, 1, norm.Epsilon, norm.Momentum);
                    break;
                case DropoutPlan dropout:
                    chain[l] = new DropoutPlan(dropout.Name, width, dropout.Rate);
                    break;
                default:
                    throw new PlanException(chain[l].Name, "the layer cannot follow the width of another.");
            }
        }

        return chain;
    }

    private static LinearPlan Resized(LinearPlan layer, int neurons) => new(layer.Name, layer.Inputs, neurons, layer.Activation) { Expansion = layer.Expansion };

    /// <summary>Requires that the expansion of a layer is possible with another number of inputs.</summary>
    private static void RequireInputs(LinearPlan layer, int inputs)
    {
        bool isPossible = inputs == layer.Inputs
            || (layer.Expansion.Clauses.Count == 0 && layer.Expansion.Factor <= inputs && (layer.Expansion.Within == 0 || inputs % layer.Expansion.Within == 0));
        if (!isPossible)
            throw new PlanException(layer.Name, "its expansion needs other inputs.");
    }
}
