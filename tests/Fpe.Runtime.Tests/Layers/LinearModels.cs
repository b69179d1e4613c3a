using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Runtime.Tests.Layers;

/// <summary>Networks of one layer whose outputs are known.</summary>
internal static class LinearModels
{
    /// <summary>Creates a network with outputs W · x + b.</summary>
    /// <param name="inputs">Values of a sample.</param>
    /// <param name="weights">W, row by row: [outputs, inputs].</param>
    /// <param name="biases">b; zeros if there are none.</param>
    /// <param name="device">The device; the default one if null.</param>
    public static PlannedModel Of(int inputs, double[] weights, double[]? biases = null, Device? device = null)
    {
        int outputs = weights.Length / inputs;
        var model = new PlannedModel(new ModelPlan("LinearNet", inputs, [new LinearPlan("Logits", inputs, outputs)]), seed: 1, device);
        Linear layer = model.Linears.Single();
        layer.Write(new ExpandedLayer(layer.Edges, weights, biases ?? new double[outputs]));
        return model;
    }

    /// <summary>Creates a network whose outputs are its inputs.</summary>
    public static PlannedModel Identity(int width, Device? device = null)
    {
        var weights = new double[width * width];
        for (int i = 0; i < width; i++)
            weights[i * (width + 1)] = 1;
        return Of(width, weights, device: device);
    }
}
