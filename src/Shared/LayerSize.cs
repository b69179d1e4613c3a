using System;
using System.Collections.Generic;
using Fpe.Expansion;

namespace Fpe.Counting;

/// <summary>Size of one layer with weights, as declared: what the counting rules need to know of it, and no more.</summary>
internal readonly struct LayerSize
{
    /// <summary>Describes a layer of the dense parent and its expansion.</summary>
    /// <param name="inputs">Fan-in of a neuron of the dense parent.</param>
    /// <param name="neurons">Neurons of the dense parent.</param>
    /// <param name="factor">Children per neuron (α); 1 for a layer that stays dense.</param>
    /// <param name="dealsOutgoing">Whether each reader of a neuron reads one child (<c>Deal</c>) instead of all (<c>Prune</c>).</param>
    /// <param name="tiesBiases">Whether the children of a neuron share one bias.</param>
    public LayerSize(int inputs, int neurons, int factor, bool dealsOutgoing, bool tiesBiases = false)
        : this(inputs, neurons, factor, dealsOutgoing, tiesBiases, isBackbone: false)
    {
    }

    private LayerSize(int inputs, int neurons, int factor, bool dealsOutgoing, bool tiesBiases, bool isBackbone)
    {
        Inputs = inputs;
        Neurons = neurons;
        Factor = factor;
        DealsOutgoing = dealsOutgoing;
        TiesBiases = tiesBiases;
        IsBackbone = isBackbone;
    }

    /// <summary>Describes a layer whose children learn which inputs they read (<c>Split.Learned</c>).</summary>
    /// <param name="inputs">Fan-in of a neuron of the dense parent.</param>
    /// <param name="neurons">Neurons of the dense parent.</param>
    /// <param name="factor">Children per neuron; 1 for as many as the dense parent has.</param>
    /// <param name="hasPattern">Whether each child ends with one of every <paramref name="factor"/> inputs (an N:M pattern).</param>
    /// <param name="tiesBiases">Whether the children of a neuron share one bias.</param>
    public static LayerSize OfLearned(int inputs, int neurons, int factor, bool hasPattern, bool tiesBiases = false) =>
        new(inputs, neurons, factor, dealsOutgoing: false, tiesBiases) { LearnsEdges = true, HasPattern = hasPattern };

    public int Inputs { get; }

    /// <summary>Where the inputs come from, one after the other; null for all neurons of the layer with weights before it.</summary>
    public IReadOnlyList<InputPart>? Parts { get; init; }

    public int Neurons { get; }

    public int Factor { get; }

    public bool DealsOutgoing { get; }

    public bool TiesBiases { get; }

    /// <summary>Whether expansion and pruning leave the layer alone: a convolution under the layers that are expanded.</summary>
    public bool IsBackbone { get; }

    /// <summary>Whether the children may read any input, and learn which of them they keep.</summary>
    public bool LearnsEdges { get; private init; }

    /// <summary>Whether a layer that learns its edges ends with the same share of every group of inputs, so that its count is fixed.</summary>
    public bool HasPattern { get; private init; }

    private int? BackboneBiases { get; init; }

    /// <summary>Biases in the dense parent.</summary>
    public int DenseBiases => BackboneBiases ?? Neurons;

    /// <summary>Biases after expansion for each neuron of the dense parent.</summary>
    public int BiasesPerNeuron => TiesBiases ? 1 : Factor;

    /// <summary>How often an edge that leaves a neuron of this layer exists after expansion.</summary>
    public int OutgoingCopies => DealsOutgoing ? 1 : Factor;

    /// <summary>Describes a convolution. Its weights are shared by all places of its window, and counted once.</summary>
    /// <param name="channels">Channels of the image.</param>
    /// <param name="kernel">Rows and columns of the window.</param>
    /// <param name="filters">Filters, with a bias each.</param>
    /// <exception cref="OverflowException">A filter has more than 2³¹ − 1 weights.</exception>
    public static LayerSize OfConvolution(int channels, int kernel, int filters) =>
        new(checked(channels * kernel * kernel), filters, 1, dealsOutgoing: false, tiesBiases: false, isBackbone: true);

    /// <summary>Describes any other layer that expansion and pruning leave alone.</summary>
    /// <param name="weights">Its weights.</param>
    /// <param name="biases">Its biases.</param>
    /// <exception cref="OverflowException">It has more than 2³¹ − 1 weights or biases.</exception>
    public static LayerSize OfBackbone(long weights, long biases) =>
        new(checked((int)weights), neurons: 1, 1, dealsOutgoing: false, tiesBiases: false, isBackbone: true) { BackboneBiases = checked((int)biases) };
}
