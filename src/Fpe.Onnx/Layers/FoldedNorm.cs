using Fpe.Compute;
using Fpe.Onnx.Graph;

namespace Fpe.Onnx.Layers;

/// <summary>
/// A batch normalisation as part of the layer before it. With running statistics it is linear in each value,
/// (z − μ) / √(σ² + ε) · γ + β, so the weights of a neuron are multiplied by γ / √(σ² + ε), and its bias follows.
/// </summary>
internal sealed class FoldedNorm
{
    private readonly double[] factors;
    private readonly double[] shifts;
    private readonly int outputsPerUnit;
    private readonly int outputsPerRow;

    private FoldedNorm(GraphBuilder graph, BatchNorm norm, EdgeLayer layer)
    {
        Norm = norm;
        outputsPerUnit = norm.Plan.Places;
        outputsPerRow = OutputsPerRow(layer);
        float[] scale = LayerValues.Finite(graph, norm, norm.Scale);
        float[] shift = LayerValues.Finite(graph, norm, norm.Shift);
        float[] mean = LayerValues.Finite(graph, norm, norm.RunningMean);
        float[] variance = LayerValues.Finite(graph, norm, norm.RunningVariance);
        factors = [.. scale.Select((gamma, unit) => gamma / Math.Sqrt(variance[unit] + norm.Plan.Epsilon))];
        shifts = [.. shift.Select((beta, unit) => beta - (factors[unit] * mean[unit]))];
    }

    /// <summary>The layer that is folded.</summary>
    public BatchNorm Norm { get; }

    /// <summary>
    /// The normalisation of the weighted sums of a layer, if it alone reads them, there is no activation in between, and all outputs of a
    /// neuron share one unit; otherwise null.
    /// </summary>
    /// <exception cref="OnnxExportException">A number of the normalisation is not finite.</exception>
    public static FoldedNorm? After(GraphBuilder graph, Model model, int index)
    {
        if (model.Layers[index] is not EdgeLayer { Plan.Activation.Kind: ActivationFunction.Identity } layer)
            return null;
        int[] readers = [.. Enumerable.Range(0, model.Layers.Count).Where(reader => model.Plan.SourcesOf(reader).Contains(index))];
        return readers is [int only] && model.Layers[only] is BatchNorm norm && norm.Plan.Places % OutputsPerRow(layer) == 0
            ? new FoldedNorm(graph, norm, layer)
            : null;
    }

    /// <summary>A weight of a row, folded.</summary>
    public double Weight(int row, double value) => value * factors[UnitOf(row)];

    /// <summary>The bias of a row, folded.</summary>
    public double Bias(int row, double value) => (value * factors[UnitOf(row)]) + shifts[UnitOf(row)];

    private static int OutputsPerRow(EdgeLayer layer) => layer.OutputCount / layer.Edges.OutputCount;

    private int UnitOf(int row) => row * outputsPerRow / outputsPerUnit;
}
