using Fpe.Expansion;

namespace Samples.Paper.Running;

/// <summary>A learned network with a skip: a fully connected layer from the inputs of the first layer to the outputs.</summary>
internal static class SkipNetwork
{
    // Prunes single weights and creates no children.
    private static readonly ExpansionPlan Pruned = new(1, Split.Learned);

    /// <summary>Adds the skip; it and the output layer also learn their edges.</summary>
    /// <param name="learned">The network without the skip; the result ends with the same number of weights, in any layers.</param>
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
