using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Runtime.Tests.Layers;

/// <summary>Small models to test with.</summary>
internal static class Plans
{
    /// <summary>A chain of Linear layers; the last one is the output layer.</summary>
    public static ModelPlan Chain(int inputs, bool countBiases, params IReadOnlyList<LayerPlan> layers) => new("TestNet", inputs, layers, countBiases);

    /// <summary>inputs → hidden, expanded → outputs.</summary>
    public static ModelPlan OneHidden(
        int inputs, int hidden, int outputs, ExpansionPlan expansion, ActivationFunction activation = ActivationFunction.Relu, bool countBiases = false) =>
        Chain(
            inputs, countBiases,
            new LinearPlan("Hidden", inputs, hidden, activation) { Expansion = expansion },
            new LinearPlan("Logits", hidden, outputs));

    public static float[] Outputs(this PlannedModel model, ReadOnlySpan<float> inputs)
    {
        var outputs = new float[inputs.Length / model.Plan.InputCount * model.Plan.OutputCount];
        model.Forward(inputs, outputs);
        return outputs;
    }
}
