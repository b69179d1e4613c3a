using System;
using System.Collections.Generic;
using Fpe.Expansion;

namespace Fpe.Counting;

/// <summary>The size of a layer with weights, as declared: the input of the counting rules.</summary>
internal readonly struct LayerSize
{
    /// <summary>Describes a layer of the dense parent and its expansion.</summary>
    /// <param name="inputs">The fan-in of a neuron of the dense parent.</param>
    /// <param name="neurons">The number of neurons of the dense parent.</param>
    /// <param name="factor">The number of children per neuron (α); 1 for a layer that stays dense.</param>
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
    /// <param name="inputs">The fan-in of a neuron of the dense parent.</param>
    /// <param name="neurons">The number of neurons of the dense parent.</param>
    /// <param name="factor">The number of children per neuron; 1 to keep the neurons of the dense parent.</param>
    /// <param name="hasPattern">Whether each child ends with one of every <paramref name="factor"/> inputs (an N:M pattern).</param>
    /// <param name="tiesBiases">Whether the children of a neuron share one bias.</param>
    public static LayerSize OfLearned(int inputs, int neurons, int factor, bool hasPattern, bool tiesBiases = false) =>
        new(inputs, neurons, factor, dealsOutgoing: false, tiesBiases) { LearnsEdges = true, HasPattern = hasPattern };

    public int Inputs { get; }

    /// <summary>The number of groups into which neurons are divided; each reads an equal part of the values.</summary>
    public int InputGroups { get; init; } = 1;

    /// <summary>
    /// The origins of the inputs of all groups, in order; null if they are all neurons of the previous layer with weights.
    /// </summary>
    public IReadOnlyList<InputPart>? Parts { get; init; }

    public int Neurons { get; }

    public int Factor { get; }

    public bool DealsOutgoing { get; }

    public bool TiesBiases { get; }

    /// <summary>Whether expansion and pruning do not affect the layer, as for a convolution below the expanded layers.</summary>
    public bool IsBackbone { get; }

    /// <summary>Whether the children can read any input and learn which ones they keep.</summary>
    public bool LearnsEdges { get; private init; }

    /// <summary>Whether a layer that learns its edges ends with the same share of every group of inputs, which fixes its count.</summary>
    public bool HasPattern { get; private init; }

    private int? BackboneBiases { get; init; }

    /// <summary>The number of biases in the dense parent.</summary>
    public int DenseBiases => BackboneBiases ?? Neurons;

    /// <summary>The number of biases after expansion for each neuron of the dense parent.</summary>
    public int BiasesPerNeuron => TiesBiases ? 1 : Factor;

    /// <summary>The number of copies of an outgoing edge of this layer after expansion.</summary>
    public int OutgoingCopies => DealsOutgoing ? 1 : Factor;

    /// <summary>Describes a convolution. Its weights are shared by all positions of its window and counted once.</summary>
    /// <param name="fanIn">The number of weights of a filter.</param>
    /// <param name="filters">The number of filters, each with a bias.</param>
    public static LayerSize OfConvolution(int fanIn, int filters) =>
        new(fanIn, filters, 1, dealsOutgoing: false, tiesBiases: false, isBackbone: true);

    /// <summary>Describes any other layer that expansion and pruning do not affect.</summary>
    /// <param name="weights">The number of its weights.</param>
    /// <param name="biases">The number of its biases.</param>
    /// <exception cref="OverflowException">It has more than 2³¹ − 1 weights or biases.</exception>
    public static LayerSize OfBackbone(long weights, long biases) =>
        new(checked((int)weights), neurons: 1, 1, dealsOutgoing: false, tiesBiases: false, isBackbone: true) { BackboneBiases = checked((int)biases) };
}
