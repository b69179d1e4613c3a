namespace Fpe.Counting;

/// <summary>Weights and biases of one layer before and after expansion. Pruning is global, so its share is not known by layer.</summary>
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

    /// <summary>Weights of the layer in the dense parent: neurons · inputs.</summary>
    public long Dense { get; }

    /// <summary>
    /// Weights after expansion and before pruning: the dense ones, once per copy of the layer below; where edges are learned, once for
    /// each child besides, since each may read every input.
    /// </summary>
    public long BeforePruning { get; }

    /// <summary>
    /// Weights that pruning leaves the layer at least: half of the dense ones, rounded up. Initial weights are as large as the
    /// fan-in is small, so without a floor a layer of large fan-in could lose all of its weights to one of small fan-in. Weights that
    /// have been trained can be compared: in a model that learns its edges a layer keeps one for each neuron of the dense parent.
    /// </summary>
    public long Floor { get; }

    /// <summary>Weights that the layer can have in the end: all, or as many as its N:M pattern leaves.</summary>
    public long Ceiling { get; }

    /// <summary>Biases in the dense parent: one a neuron.</summary>
    public long DenseBiases { get; }

    /// <summary>Biases after expansion: one a child, or one a neuron where its children share it.</summary>
    public long ExpandedBiases { get; }
}
