using System;
using System.Collections.Generic;

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
}

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

/// <summary>
/// The counting rules of Fixed Parameter Expansion. This file is compiled into the generator, which proves the counts, and
/// into the runtime, which checks the live model against them.
/// </summary>
internal sealed class WeightCounts
{
    /// <summary>Weights that a layer can have before pruning: the longest array of .NET.</summary>
    public const int MaximumWeights = 0x7FFFFFC7;

    private WeightCounts(
        IReadOnlyList<LayerSize> chain, IReadOnlyList<LayerWeights> layers, bool countBiases, long? budget, bool learnsEdges, long minimum)
    {
        Layers = layers;
        CountBiases = countBiases;
        LearnsEdges = learnsEdges;
        EdgesToReachEveryChild = minimum;
        checked
        {
            foreach (LayerWeights layer in layers)
            {
                Dense += layer.Dense;
                BeforePruning += layer.BeforePruning;
                DenseBiases += layer.DenseBiases;
                ExpandedBiases += layer.ExpandedBiases;
            }

            for (int l = 0; l < chain.Count; l++)
            {
                if (chain[l].IsBackbone)
                {
                    BackboneWeights += layers[l].Dense;
                    continue;
                }

                LinearFloor += layers[l].Floor;
                LinearCeiling += layers[l].Ceiling;
            }

            long nonZero = budget ?? (countBiases ? Dense + DenseBiases : Dense);
            Expanded = countBiases ? nonZero - ExpandedBiases : nonZero;
        }
    }

    /// <summary>Counts layer by layer, in order.</summary>
    public IReadOnlyList<LayerWeights> Layers { get; }

    /// <summary>Whether the budget is weights and biases instead of weights alone.</summary>
    public bool CountBiases { get; }

    /// <summary>Whether edges are chosen in training: of all weights that may exist, <see cref="BeforePruning"/>, some are left in the end.</summary>
    public bool LearnsEdges { get; }

    /// <summary>Weights of the dense parent: Σ neurons · inputs, where the inputs of a filter are those of one place of its window.</summary>
    public long Dense { get; }

    /// <summary>
    /// Weights after expansion, before pruning: Σ neurons · inputs · copies of the layer below, times the factor where edges are
    /// learned; there the most that training ever has.
    /// </summary>
    public long BeforePruning { get; }

    /// <summary>
    /// Non-zero weights of the expanded model: the dense parent's, less one for each extra bias where biases are counted; in a model
    /// that learns its edges, what its budget says, if it has one.
    /// Positive as long as no factor exceeds its layer's fan-in: a layer then loses at most neurons · (inputs − 1) of its
    /// neurons · inputs, so pruning never has to remove more than there is; but perhaps more than the floors allow.
    /// </summary>
    public long Expanded { get; }

    /// <summary>Weights that pruning removes at expansion.</summary>
    public long Pruned => BeforePruning - Expanded;

    public long DenseBiases { get; }

    public long ExpandedBiases { get; }

    /// <summary>Weights of convolutions: part of every count above, and never pruned.</summary>
    public long BackboneWeights { get; }

    /// <summary>Non-zero weights of the layers that expansion and pruning may touch.</summary>
    public long ExpandedLinearWeights => Expanded - BackboneWeights;

    /// <summary>The least that <see cref="ExpandedLinearWeights"/> can be: the floors of the layers that may be pruned.</summary>
    public long LinearFloor { get; }

    /// <summary>The most that <see cref="ExpandedLinearWeights"/> can be.</summary>
    public long LinearCeiling { get; }

    /// <summary>Weights that layers other than convolutions have before pruning.</summary>
    public long LinearBeforePruning => BeforePruning - BackboneWeights;

    /// <summary>What a budget limits: weights, and biases where they are counted.</summary>
    public long NonZero => CountBiases ? Expanded + ExpandedBiases : Expanded;

    /// <summary>
    /// Edges it takes for every child of every expanded layer to keep one output. With fewer than that left after pruning,
    /// some children must lose all of theirs.
    /// </summary>
    public long EdgesToReachEveryChild { get; }

    /// <summary>Counts a chain of layers; the last one is the output layer.</summary>
    /// <param name="chain">The layers with weights.</param>
    /// <param name="countBiases">Whether the budget is weights and biases instead of weights alone.</param>
    /// <param name="budget">What a model that learns its edges ends with, in these units; null for what the dense parent has.</param>
    /// <exception cref="OverflowException">A count exceeds 2⁶³ − 1.</exception>
    public static WeightCounts Of(IReadOnlyList<LayerSize> chain, bool countBiases, long? budget = null)
    {
        var layers = new LayerWeights[chain.Count];
        bool learnsEdges = false;
        foreach (LayerSize size in chain)
            learnsEdges |= size.LearnsEdges;

        long copiesBelow = 1;
        long reached = 0;
        checked
        {
            for (int l = 0; l < chain.Count; l++)
            {
                LayerSize size = chain[l];
                layers[l] = Count(size, copiesBelow, learnsEdges);
                copiesBelow = size.OutgoingCopies;
                if (size.Factor > 1)
                    reached += (long)size.Neurons * size.Factor;
            }
        }

        return new WeightCounts(chain, layers, countBiases, budget, learnsEdges, reached);
    }

    private static LayerWeights Count(LayerSize size, long copiesBelow, bool learnsEdges)
    {
        checked
        {
            long dense = (long)size.Neurons * size.Inputs;
            long pattern = dense * copiesBelow;
            long all = size.LearnsEdges ? pattern * size.Factor : pattern;
            long half = dense - (dense / 2);
            long floor = size.HasPattern ? pattern : learnsEdges ? size.Neurons : half;
            return new LayerWeights(dense, all, floor, size.HasPattern ? pattern : all, size.Neurons, (long)size.Neurons * size.BiasesPerNeuron);
        }
    }
}
