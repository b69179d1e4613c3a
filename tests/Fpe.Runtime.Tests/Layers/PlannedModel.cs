using Fpe.Compute;
using Fpe.Counting;
using Fpe.Expansion;

namespace Fpe.Runtime.Tests.Layers;

/// <summary>A model made from a plan by hand, as generated code makes it from attributes.</summary>
internal sealed class PlannedModel(ModelPlan plan, long seed, Device device) : Model(plan, seed, device)
{
    /// <summary>A chain of Linear layers; the last one is the output layer.</summary>
    public static ModelPlan Chain(int inputs, bool countBiases, params IReadOnlyList<LinearPlan> layers) => OfLayers(inputs, countBiases, [.. layers]);

    /// <summary>A plan whose counts are right.</summary>
    public static ModelPlan OfLayers(int inputs, bool countBiases, IReadOnlyList<LayerPlan> layers)
    {
        LayerSize[] sizes = [.. layers.Select(layer => layer.Size).OfType<LayerSize>()];
        var counts = WeightCounts.Of(sizes, countBiases);
        return new ModelPlan("TestNet", inputs, countBiases, counts.Dense, counts.BeforePruning, counts.Expanded, layers);
    }

    /// <summary>inputs → hidden, expanded → outputs.</summary>
    public static ModelPlan OneHidden(
        int inputs, int hidden, int outputs, ExpansionPlan expansion, ActivationFunction activation = ActivationFunction.Relu, bool countBiases = false) =>
        Chain(
            inputs, countBiases,
            new LinearPlan("Hidden", inputs, hidden, activation) { Expansion = expansion },
            new LinearPlan("Logits", hidden, outputs));

    public float[] Outputs(ReadOnlySpan<float> inputs)
    {
        var outputs = new float[inputs.Length / Plan.InputCount * Plan.OutputCount];
        ForwardBatch(inputs, outputs);
        return outputs;
    }

    public void Outputs(ReadOnlySpan<float> inputs, Span<float> outputs) => ForwardBatch(inputs, outputs);

    public int Class(ReadOnlySpan<float> input) => PredictClass(input);
}
