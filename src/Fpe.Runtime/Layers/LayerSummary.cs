using System.Globalization;

namespace Fpe;

/// <summary>One line of a <see cref="ModelSummary"/>: the current layer compared with the layer of the dense parent.</summary>
/// <param name="Name">Name of the property that declares the layer.</param>
/// <param name="Kind">Type of the layer, with its activation function: <c>Linear, Relu</c>.</param>
/// <param name="Inputs">Values per sample that enter the layer.</param>
/// <param name="Outputs">Values per sample that leave the layer.</param>
/// <param name="Parents">Neurons, or filters, of the dense parent; 0 for a layer without neurons.</param>
/// <param name="Children">Children per neuron; 1 for a layer that is not expanded.</param>
/// <param name="DenseWeights">Weights in the dense parent.</param>
/// <param name="WeightsBeforePruning">Weights after expansion, before pruning; those of the dense parent before expansion.</param>
/// <param name="Weights">Remaining (non-zero) weights.</param>
/// <param name="Biases">Biases.</param>
public sealed record LayerSummary(
    string Name, string Kind, int Inputs, int Outputs, int Parents, int Children,
    long DenseWeights, long WeightsBeforePruning, long Weights, long Biases)
{
    /// <summary>Weights that pruning removed.</summary>
    public long PrunedWeights => WeightsBeforePruning - Weights;

    /// <summary>The shapes that enter and leave the layer: <c>64 → 16</c>, or <c>1 × 28 × 28 → 8 × 28 × 28</c>.</summary>
    public string Shape { get; init; } = string.Create(CultureInfo.InvariantCulture, $"{Inputs} → {Outputs}");

    /// <summary>Weights of a dense layer of this shape: inputs · outputs, or the weights of all filters.</summary>
    public long PossibleWeights { get; init; } = (long)Inputs * Outputs;

    /// <summary>Consecutive neurons that share a partition: 1 if each has its own, 0 for a layer that is not expanded.</summary>
    public int Share { get; init; }

    /// <summary>Outputs, or filters, of an expanded layer that pruning left without inputs: their value is their bias.</summary>
    public IReadOnlyList<int> WithoutInputs { get; init; } = ValueList<int>.Empty;

    /// <summary>Outputs, or filters, of an expanded layer that no weight reads, or only weights of others like them: they have no effect, except on norms.</summary>
    public IReadOnlyList<int> WithoutOutputs { get; init; } = ValueList<int>.Empty;

    /// <summary>Number of places where each weight is used: 1, or the number of pixels that a filter computes.</summary>
    public int Places { get; init; } = 1;

    /// <summary>Remaining weights divided by <see cref="PossibleWeights"/>; 1 for a dense layer, 0 for a layer without weights.</summary>
    public double Density => Weights == 0 ? 0 : (double)Weights / PossibleWeights;

    /// <summary>Multiply-adds for one sample: one per weight and place, including the padding of a convolution.</summary>
    public long MultiplyAdds => Weights * Places;
}
