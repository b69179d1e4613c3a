namespace Fpe.Quantization;

/// <summary>All numbers of a quantised network: what a file has, and what the steps are made of.</summary>
/// <param name="Plan">The model.</param>
/// <param name="Meaning">What its outputs mean.</param>
/// <param name="Seed">The seed of the model that was quantised.</param>
/// <param name="IsExpanded">Whether that model was expanded.</param>
/// <param name="Input">What the bytes of samples stand for.</param>
/// <param name="Layers">The numbers of those layers that have any, by position.</param>
internal sealed record QuantizedNumbers(
    ModelPlan Plan, ModelMeaning Meaning, long Seed, bool IsExpanded, ValueScale Input, IReadOnlyDictionary<int, LayerNumbers> Layers)
{
    /// <summary>The number of weights: edges that exist.</summary>
    public long WeightCount => Layers.Values.OfType<EdgeNumbers>().Sum(layer => (long)layer.Layout.EdgeCount);
}
