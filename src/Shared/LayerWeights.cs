namespace Fpe.Counting;

/// <summary>
/// The number of weights and biases of a layer before and after expansion. Pruning is global, so the number of pruned weights per layer is
/// unknown.
/// </summary>
internal readonly struct LayerWeights
{
    public LayerWeights(long dense, long beforePruning, long floor, long ceiling, long denseBiases, long expandedBiases)
    {
        Dense = dense;
        BeforePruning = beforePruning;
        Floor = floor;
        Ceiling = ceiling;
        DenseBiases = denseBiases;
        ExpandedBiases = expandedBiases;
    }

    /// <summary>The number of weights in the dense parent: neurons · inputs.</summary>
    public long Dense { get; }

    /// <summary>
    /// The number of weights after expansion and before pruning: the dense weights, once per copy of the layer below. If edges are learned,
    /// they also count once per child, because each child can read every input.
    /// </summary>
    public long BeforePruning { get; }

    /// <summary>
    /// The minimum number of weights that pruning leaves the layer: half of the dense weights, rounded up. The smaller the fan-in, the
    /// larger the initial weights, so without a floor a layer with a large fan-in could lose all of its weights to one with a small fan-in.
    /// Trained weights are comparable: in a model that learns its edges, a layer keeps one weight for each neuron of the dense parent.
    /// </summary>
    public long Floor { get; }

    /// <summary>The maximum number of weights that the layer can end with: all, or as many as its N:M pattern leaves.</summary>
    public long Ceiling { get; }

    /// <summary>The number of biases in the dense parent: one per neuron.</summary>
    public long DenseBiases { get; }

    /// <summary>The number of biases after expansion: one per child, or one per neuron if its children share it.</summary>
    public long ExpandedBiases { get; }
}
