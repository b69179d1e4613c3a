namespace Samples.Paper.Results;

/// <summary>What is done with the dense parent.</summary>
internal enum Method
{
    /// <summary>Nothing: it is trained to the end.</summary>
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

    /// <summary>Control: as wide as the expanded network and with as many weights, which lie at random.</summary>
    StaticSparse,

    /// <summary>Control: the dense parent, trained with random weights left out at each step.</summary>
    DropConnect,

    /// <summary>Control: a dense network with more weights.</summary>
    WiderDense,

    /// <summary>Wide from the start, with all edges, of which gradual magnitude pruning leaves as many as the dense parent has.</summary>
    Learned,

    /// <summary>The same, and beside the hidden layers a fully connected skip to the outputs; what gradual pruning leaves may lie anywhere.</summary>
    LearnedSkip,

    /// <summary>Wide from the start, with random edges, exchanged in training for those of the largest gradients (RigL).</summary>
    Rigl,

    /// <summary>Wide from the start, with random edges, exchanged in training for other random ones (SET).</summary>
    Set,

    /// <summary>Expanded at random, then edges exchanged as in <see cref="Rigl"/>.</summary>
    SplitRigl,

    /// <summary>Control: no hidden layer.</summary>
    Linear,

    /// <summary>Control: no hidden layer, and pruned gradually to as many weights as the dense parent has.</summary>
    LinearPruned,

    /// <summary>Control: several expansions of one warmed-up parent, whose outputs are averaged.</summary>
    Average,
}
