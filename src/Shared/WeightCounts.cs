using System;
using System.Collections.Generic;
using Fpe.Expansion;

namespace Fpe.Counting;

/// <summary>
/// The counting rules of Fixed Parameter Expansion. This file is compiled into the generator, which proves the counts, and
/// into the runtime, which checks the live model against them.
/// </summary>
internal sealed class WeightCounts
{
    /// <summary>Weights that a layer can have before pruning: the longest array of .NET.</summary>
    public const int MaximumWeights = 0x7FFFFFC7;

    private WeightCounts(
        IReadOnlyList<LayerSize> sizes, IReadOnlyList<LayerWeights> layers, IReadOnlyList<UnitParameters> units, bool countBiases, long? budget,
        bool learnsEdges, long minimum)
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

            foreach (UnitParameters parameters in units)
            {
                DenseBiases += parameters.DenseCount;
                ExpandedBiases += parameters.ExpandedCount(sizes);
            }

            for (int l = 0; l < sizes.Count; l++)
            {
                if (sizes[l].IsBackbone)
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

    /// <summary>Counts the layers of a model.</summary>
    /// <param name="sizes">The layers with weights, in order.</param>
    /// <param name="countBiases">Whether the budget is weights and biases instead of weights alone.</param>
    /// <param name="budget">What a model that learns its edges ends with, in these units; null for what the dense parent has.</param>
    /// <param name="units">Parameters of other layers, for each unit of a value; null for none.</param>
    /// <exception cref="OverflowException">A count exceeds 2⁶³ − 1.</exception>
    public static WeightCounts Of(
        IReadOnlyList<LayerSize> sizes, bool countBiases, long? budget = null, IReadOnlyList<UnitParameters>? units = null)
    {
        var layers = new LayerWeights[sizes.Count];
        bool learnsEdges = false;
        foreach (LayerSize size in sizes)
            learnsEdges |= size.LearnsEdges;

        long reached = 0;
        checked
        {
            for (int l = 0; l < sizes.Count; l++)
            {
                layers[l] = Count(sizes[l], CopiesOfInputs(sizes, l), learnsEdges);
                if (sizes[l].Factor > 1)
                    reached += (long)sizes[l].Neurons * sizes[l].Factor;
            }
        }

        return new WeightCounts(sizes, layers, units ?? [], countBiases, budget, learnsEdges, reached);
    }

    /// <summary>How often the inputs of a neuron exist after expansion, together: its fan-in, once for each copy that it reads.</summary>
    /// <param name="sizes">The layers with weights.</param>
    /// <param name="layer">Which of them reads.</param>
    public static long CopiesOfInputs(IReadOnlyList<LayerSize> sizes, int layer)
    {
        LayerSize size = sizes[layer];
        if (size.IsBackbone)
            return size.Inputs;
        if (size.Parts is null)
            return size.Inputs * (long)(layer == 0 ? 1 : sizes[layer - 1].OutgoingCopies);

        long copies = 0;
        foreach (InputPart part in size.Parts)
            copies += (long)part.Count * (part.Layer == InputPart.NotExpanded ? 1 : sizes[part.Layer].OutgoingCopies);
        return copies;
    }

    private static LayerWeights Count(LayerSize size, long copiesOfInputs, bool learnsEdges)
    {
        checked
        {
            long dense = (long)size.Neurons * size.Inputs;
            long pattern = size.Neurons * copiesOfInputs;
            long all = size.LearnsEdges ? pattern * size.Factor : pattern;
            long half = dense - (dense / 2);
            long floor = size.HasPattern ? pattern : learnsEdges ? size.Neurons : half;
            return new LayerWeights(dense, all, floor, size.HasPattern ? pattern : all, size.DenseBiases, (long)size.DenseBiases * size.BiasesPerNeuron);
        }
    }
}
