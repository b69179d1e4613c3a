using Fpe.Expansion;

namespace Samples.Paper.Running;

/// <summary>A learned network with a skip beside its hidden layers: a fully connected layer from what the first one reads to the outputs.</summary>
internal static class SkipNetwork
{
    // Single weights are pruned, and no neuron gets children.
    private static readonly ExpansionPlan Pruned = new(1, Split.Learned);

    /// <summary>Adds the skip, and lets it and the output layer learn their edges too.</summary>
    /// <param name="learned">The network without it; the other has as many weights in the end, wherever they lie.</param>
    public static ModelPlan Plan(ModelPlan learned)
    {
        LayerPlan[] layers = [.. learned.Layers];
        int first = Array.FindIndex(layers, layer => layer is LinearPlan);
        var output = (LinearPlan)layers[^1];
        return new(
            learned.Name, learned.InputCount,
            [
                .. layers[..^1],
                output with { Expansion = Pruned },
                new LinearPlan("Skip", layers[first].Inputs, output.Neurons) { From = [first == 0 ? LayerPlan.Sample : layers[first - 1].Name], Expansion = Pruned },
                new AddPlan("Sum", output.Neurons) { From = [output.Name, "Skip"] },
            ],
            budget: learned.DenseWeights);
    }
}
