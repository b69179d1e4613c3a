using System;
using System.Collections.Generic;
using Fpe.Expansion;

namespace Fpe.Counting;

/// <summary>
/// The counting rules of Fixed Parameter Expansion. This file is compiled into both the generator, which proves the counts, and the
/// runtime, which checks the live model against them.
/// </summary>
internal sealed class WeightCounts
{
    /// <summary>The maximum number of weights of a layer before pruning: the maximum length of a .NET array.</summary>
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

    /// <summary>The counts of each layer, in order.</summary>
    public IReadOnlyList<LayerWeights> Layers { get; }

    /// <summary>Whether the budget covers weights and biases instead of weights only.</summary>
    public bool CountBiases { get; }

    /// <summary>
    /// Whether edges are chosen during training: only some of all possible weights, <see cref="BeforePruning"/>, remain at the end.
    /// </summary>
    public bool LearnsEdges { get; }

    /// <summary>
    /// The number of weights of the dense parent: Σ neurons · inputs, where the inputs of a filter are those of one position of its window.
    /// </summary>
    public long Dense { get; }

    /// <summary>
    /// The number of weights after expansion, before pruning: Σ neurons · inputs · copies of the layer below, times the factor if edges are
    /// learned, in which case it is the maximum during training.
    /// </summary>
    public long BeforePruning { get; }

    /// <summary>
    /// The number of non-zero weights of the expanded model: the dense parent's, minus one for each additional bias if biases are counted;
    /// in a model that learns its edges, its budget, if it has one. It is positive as long as no factor exceeds its layer's fan-in: a layer
    /// then loses at most neurons · (inputs − 1) of its neurons · inputs, so pruning never needs to remove more weights than there are, but
    /// possibly more than the floors allow.
    /// </summary>
    public long Expanded { get; }

    /// <summary>The number of weights that pruning removes at expansion.</summary>
    public long Pruned => BeforePruning - Expanded;

    public long DenseBiases { get; }

    public long ExpandedBiases { get; }

    /// <summary>The number of weights of convolutions: part of every count above, and never pruned.</summary>
    public long BackboneWeights { get; }

    /// <summary>The number of non-zero weights of the layers that expansion and pruning can change.</summary>
    public long ExpandedLinearWeights => Expanded - BackboneWeights;

    /// <summary>The minimum of <see cref="ExpandedLinearWeights"/>: the sum of the floors of the layers that can be pruned.</summary>
    public long LinearFloor { get; }

    /// <summary>The maximum of <see cref="ExpandedLinearWeights"/>.</summary>
    public long LinearCeiling { get; }

    /// <summary>The number of weights of layers other than convolutions before pruning.</summary>
    public long LinearBeforePruning => BeforePruning - BackboneWeights;

    /// <summary>The number that a budget limits: weights, and biases if they are counted.</summary>
    public long NonZero => CountBiases ? Expanded + ExpandedBiases : Expanded;

    /// <summary>
    /// The number of edges required for every child of every expanded layer to keep one output. If fewer remain after pruning, some
    /// children must lose all of their outputs.
    /// </summary>
    public long EdgesToReachEveryChild { get; }

    /// <summary>Counts the layers of a model.</summary>
    /// <param name="sizes">The layers with weights, in order.</param>
    /// <param name="countBiases">Whether the budget covers weights and biases instead of weights only.</param>
    /// <param name="budget">The number of parameters, in these units, that a model that learns its edges ends with; null for that of the dense parent.</param>
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

    /// <summary>
    /// Returns the total number of copies of a neuron's inputs after expansion: its fan-in, once for each copy that it reads.
    /// </summary>
    /// <param name="sizes">The layers with weights.</param>
    /// <param name="layer">The index of the layer that reads.</param>
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
        return copies / size.InputGroups;
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
