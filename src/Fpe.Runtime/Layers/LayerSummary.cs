using System.Globalization;

namespace Fpe;

/// <summary>One line of a <see cref="ModelSummary"/>: a layer as it is now, beside the layer of the dense parent.</summary>
/// <param name="Name">Name of the property that declares the layer.</param>
/// <param name="Kind">Type of the layer, with its activation function: <c>Linear, Relu</c>.</param>
/// <param name="Inputs">Values per sample that enter the layer.</param>
/// <param name="Outputs">Values per sample that leave the layer.</param>
/// <param name="Parents">Neurons, or filters, of the dense parent; 0 for a layer without any.</param>
/// <param name="Children">Children per neuron; 1 for a layer that is not expanded.</param>
/// <param name="DenseWeights">Weights in the dense parent.</param>
/// <param name="WeightsBeforePruning">Weights after expansion, before pruning; those of the dense parent before expansion.</param>
/// <param name="Weights">Weights kept: the non-zero ones.</param>
/// <param name="Biases">Biases.</param>
public sealed record LayerSummary(
    string Name, string Kind, int Inputs, int Outputs, int Parents, int Children,
    long DenseWeights, long WeightsBeforePruning, long Weights, long Biases)
{
    /// <summary>Weights that pruning removed.</summary>
    public long PrunedWeights => WeightsBeforePruning - Weights;

    /// <summary>The shapes that enter and leave the layer: <c>64 → 16</c>, or <c>1 × 28 × 28 → 8 × 28 × 28</c>.</summary>
    public string Shape { get; init; } = string.Create(CultureInfo.InvariantCulture, $"{Inputs} → {Outputs}");

    /// <summary>Weights there could be in such a layer: inputs · outputs, or those of all filters.</summary>
    public long PossibleWeights { get; init; } = (long)Inputs * Outputs;

    /// <summary>Places at which each weight is used: 1, or the pixels that a filter computes.</summary>
    public int Places { get; init; } = 1;

    /// <summary>Weights kept, of all possible ones; 1 for a dense layer, 0 for a layer without weights.</summary>
    public double Density => Weights == 0 ? 0 : (double)Weights / PossibleWeights;

    /// <summary>Multiplications and additions for one sample: one for each weight and place; a convolution's padding counts as well.</summary>
    public long MultiplyAdds => Weights * Places;
}
