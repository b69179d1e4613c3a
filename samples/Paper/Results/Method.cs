namespace Samples.Paper.Results;

/// <summary>How a network is derived from the dense parent.</summary>
internal enum Method
{
    /// <summary>The dense parent itself, trained to the end.</summary>
    Dense,

    /// <summary>Expanded, inputs dealt at random.</summary>
    Random,

    /// <summary>Expanded, inputs dealt clause by clause.</summary>
    Clause,

    /// <summary>Expanded, inputs dealt by clusters found in the warmed-up parent.</summary>
    Feature,

    /// <summary>Control: expanded at random, but children share inputs.</summary>
    Overlap,

    /// <summary>Control: expanded at random, and the children of a neuron share one bias.</summary>
    TiedBias,

    /// <summary>Control: as wide as the expanded network, with the same number of weights at random positions.</summary>
    StaticSparse,

    /// <summary>Control: the dense parent, trained with random weights left out at each step.</summary>
    DropConnect,

    /// <summary>Control: a dense network with more weights.</summary>
    WiderDense,

    /// <summary>Wide from the start, with all edges; gradual magnitude pruning reduces them to the number of the dense parent.</summary>
    Learned,

    /// <summary>
    /// Like <see cref="Learned"/>, with a fully connected skip from the inputs to the outputs; the remaining edges may be in any layer.
    /// </summary>
    LearnedSkip,

    /// <summary>Wide from the start, with random edges, exchanged in training for those of the largest gradients (RigL).</summary>
    Rigl,

    /// <summary>Wide from the start, with random edges, exchanged in training for other random ones (SET).</summary>
    Set,

    /// <summary>Expanded at random, then edges exchanged as in <see cref="Rigl"/>.</summary>
    SplitRigl,

    /// <summary>Control: no hidden layer.</summary>
    Linear,

    /// <summary>Control: no hidden layer, and pruned gradually to the weight count of the dense parent.</summary>
    LinearPruned,

    /// <summary>Control: several expansions of one warmed-up parent, whose outputs are averaged.</summary>
    Average,
}
