using System;
using System.Collections.Generic;
using System.Linq;
using Fpe.Counting;
using Fpe.Expansion;
using static System.FormattableString;

namespace Fpe;

/// <summary>
/// The values that the layers of a plan read, and the effect of expansion on their widths. Copies belong to a value: a layer without its
/// own neurons passes on those of its inputs.
/// </summary>
internal sealed class ModelGraph
{
    private readonly string model;
    private readonly IReadOnlyList<LayerPlan> layers;
    private readonly int[][] sources;
    private readonly InputPart[][] outputs;
    private readonly int[] weightedAt;
    private readonly int[] sumOf;
    private readonly Dictionary<int, int> narrow = [];

    private ModelGraph(string model, int inputs, IReadOnlyList<LayerPlan> layers)
    {
        this.model = model;
        this.layers = layers;
        sources = [.. layers.Select((_, l) => FindSources(l))];
        CheckWidths(inputs);
        CheckReaders();

        outputs = new InputPart[layers.Count][];
        weightedAt = [.. Enumerable.Range(0, layers.Count).Where(l => layers[l].Size is not null)];
        var sizes = new List<LayerSize>();
        var parameters = new List<UnitParameters>();
        for (int l = 0; l < layers.Count; l++)
        {
            InputPart[][] parts = [.. sources[l].Select(source => ReadBy(l, source < 0 ? [new InputPart(inputs, InputPart.NotExpanded)] : outputs[source]))];
            LayerSize? size = layers[l].Size is { } own ? SizeOf(layers[l], own, Merge(parts), sizes) : null;
            outputs[l] = OutputOf(layers[l], parts, size is { IsBackbone: false } ? sizes.Count : InputPart.NotExpanded);
            if (size is { } counted)
                sizes.Add(counted);
            AddUnitParameters(layers[l], Merge(parts), parameters);
        }

        (Sizes, UnitParameters) = (sizes, parameters);
        sumOf = [.. Enumerable.Range(0, sizes.Count)];
        for (int l = 0; l < layers.Count; l++)
            JoinSums(l);
        int[] edgeLayers = [.. Enumerable.Range(0, sizes.Count).Where(weighted => !sizes[weighted].IsBackbone)];
        EdgeLayers = [.. edgeLayers.Select(weighted => weightedAt[weighted])];
        EdgeSums = [.. edgeLayers.Select(weighted => Array.IndexOf(edgeLayers, sumOf[weighted]))];
        EdgeParts =
        [
            .. edgeLayers.Select(weighted => (IReadOnlyList<InputPart>)
                [.. sizes[weighted].Parts!.Select(part => part with { Layer = Array.IndexOf(edgeLayers, part.Layer) })]),
        ];
    }

    /// <summary>For each layer, the positions of the layers whose values it reads; −1 for the sample.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Sources => sources;

    /// <summary>The layers with weights, for the counting rules.</summary>
    public IReadOnlyList<LayerSize> Sizes { get; }

    /// <summary>The parameters that layers learn for each unit that they read.</summary>
    public IReadOnlyList<UnitParameters> UnitParameters { get; }

    /// <summary>The positions of the layers whose edges expansion and pruning can change.</summary>
    public IReadOnlyList<int> EdgeLayers { get; }

    /// <summary>The parts that each of <see cref="EdgeLayers"/> reads; their layers are positions among <see cref="EdgeLayers"/>.</summary>
    public IReadOnlyList<IReadOnlyList<InputPart>> EdgeParts { get; }

    /// <summary>
    /// For each of <see cref="EdgeLayers"/>, the first of them whose neurons are added to its own, so that readers of the sum read both;
    /// the layer itself if there is none.
    /// </summary>
    public IReadOnlyList<int> EdgeSums { get; }

    /// <summary>Traces the values through the layers of a plan.</summary>
    /// <param name="model">The name of the model, for messages.</param>
    /// <param name="inputs">The number of features of a sample.</param>
    /// <param name="layers">The layers; their names are unique.</param>
    /// <exception cref="PlanException">There are no layers, or a source or a width does not fit.</exception>
    public static ModelGraph Of(string model, int inputs, IReadOnlyList<LayerPlan> layers) => new(model, inputs, layers);

    /// <summary>Returns the number of outputs of a layer after expansion.</summary>
    public int ExpandedWidth(int layer)
    {
        long width = outputs[layer].Sum(part => (long)part.Count * (part.Layer == InputPart.NotExpanded ? 1 : Sizes[part.Layer].Factor));
        return LayerPlan.RequireWidth($"{model}.{layers[layer].Name}", "outputs", width);
    }

    /// <summary>Returns whether neurons of a layer with weights are outputs of the model.</summary>
    public bool IsOutput(int layer) => HasNeuronsOf(outputs[layers.Count - 1], layer);

    /// <summary>Returns the layers with their own neurons that read the neurons of a layer with weights.</summary>
    public IEnumerable<int> ReadersOfChildren(int layer) => Enumerable.Range(0, layers.Count).Where(reader =>
        layers[reader].OutputUnits == OutputUnits.Own && sources[reader].Any(source => source >= 0 && HasNeuronsOf(outputs[source], layer)));

    /// <summary>
    /// Returns the first layer that reads neurons of a layer with weights but cannot read their children; null if there is none.
    /// </summary>
    public int? NarrowReaderOf(int layer) => narrow.TryGetValue(Array.IndexOf(weightedAt, layer), out int reader) ? reader : null;

    /// <summary>
    /// Returns the layers whose inputs should have the same units but do not, with two layers whose children differ; null for values that
    /// are not expanded.
    /// </summary>
    public IEnumerable<(LayerPlan Layer, EdgeLayerPlan? One, EdgeLayerPlan? Other)> UnequalSums()
    {
        for (int l = 0; l < layers.Count; l++)
        {
            if (layers[l].OutputUnits != OutputUnits.OfInput || sources[l].Length < 2)
                continue;
            (int End, EdgeLayerPlan? Layer)[] first = Rows(sources[l][0]);
            foreach (int source in sources[l].Skip(1))
            {
                (int End, EdgeLayerPlan? Layer)[] other = Rows(source);
                int different = first.Zip(other, (one, two) => one.End == two.End && AreAlike(one.Layer, two.Layer)).TakeWhile(alike => alike).Count();
                if (different < Math.Max(first.Length, other.Length))
                    yield return (layers[l], first[Math.Min(different, first.Length - 1)].Layer, other[Math.Min(different, other.Length - 1)].Layer);
            }
        }
    }

    /// <summary>
    /// Returns the convolutions in groups that read children which cannot be divided among the groups, and why: each group reads as many
    /// children as every other, and they are adjacent.
    /// </summary>
    public IEnumerable<(ConvolutionPlan Reader, string Problem)> UnevenGroups()
    {
        for (int weighted = 0; weighted < Sizes.Count; weighted++)
        {
            if (layers[weightedAt[weighted]] is ConvolutionPlan { Groups: > 1 } reader && Sizes[weighted] is { IsBackbone: false, Parts: { } parts }
                && UnevenGroupsOf(reader, parts) is { } problem)
                yield return (reader, problem);
        }
    }

    private string? UnevenGroupsOf(ConvolutionPlan reader, IReadOnlyList<InputPart> parts)
    {
        (int size, string units) = (reader.Shape.GroupChannels, reader.UnitName + (reader.Shape.GroupChannels == 1 ? string.Empty : "s"));
        (int Factor, int Copies) copies = CopiesOf(parts[0]);
        if (parts.FirstOrDefault(part => CopiesOf(part) != copies) is { Units: > 0 } other)
        {
            return Invariant($"the layer reads groups of {size} {units}, but both {TextOf(parts[0])} and {TextOf(other)}, which are not as many for each group; ")
                + "give all of them the same factor and Outgoing, or expand none";
        }

        int first = 0;
        foreach (InputPart part in parts)
        {
            for (int unit = (size - (first % size)) % size; copies.Factor > 1 && unit < part.Units; unit += size)
            {
                EdgeLayerPlan below = EdgesOf(part)!;
                if (below.SharesWithPrevious(unit))
                {
                    return Invariant($"the layer reads groups of {size} {units}, but neurons {unit - 1} and {unit} of {below.Name} share a partition (Share = {below.Expansion.Share}), ")
                        + Invariant($"so their children are not adjacent by group; use {(size == 1 ? "Share = 1" : Invariant($"a Share that divides {size}"))}");
                }
            }

            first += part.Units;
        }

        return null;

        string TextOf(InputPart part) => EdgesOf(part) is { Expansion: { Factor: > 1 } expansion } below
            ? Invariant($"children of {below.Name} (factor {expansion.Factor}, Outgoing.{expansion.Outgoing})")
            : "values that are not expanded";
    }

    /// <summary>Returns the factor of what a part consists of, and how many of the children of a neuron one reader reads.</summary>
    private (int Factor, int Copies) CopiesOf(InputPart part) =>
        part.Layer == InputPart.NotExpanded ? (1, 1) : (Sizes[part.Layer].Factor, Sizes[part.Layer].OutgoingCopies);

    private EdgeLayerPlan? EdgesOf(InputPart part) => part.Layer == InputPart.NotExpanded ? null : layers[weightedAt[part.Layer]] as EdgeLayerPlan;

    /// <summary>Returns whether a value contains neurons of a layer with weights, or neurons that are added to them.</summary>
    private bool HasNeuronsOf(InputPart[] parts, int layer)
    {
        int weighted = Array.IndexOf(weightedAt, layer);
        return weighted >= 0 && parts.Any(part => part.Layer != InputPart.NotExpanded && sumOf[part.Layer] == sumOf[weighted]);
    }

    /// <summary>Records that neurons that are added are read together.</summary>
    private void JoinSums(int layer)
    {
        if (layers[layer].OutputUnits != OutputUnits.OfInput)
            return;
        foreach (int source in sources[layer].Where(source => source >= 0))
        {
            foreach ((InputPart one, InputPart other) in outputs[layer].Zip(outputs[source], (one, other) => (one, other)))
            {
                if (one.Layer == InputPart.NotExpanded || other.Layer == InputPart.NotExpanded)
                    continue;
                (int first, int second) = (Math.Min(sumOf[one.Layer], sumOf[other.Layer]), Math.Max(sumOf[one.Layer], sumOf[other.Layer]));
                for (int weighted = 0; weighted < sumOf.Length; weighted++)
                    sumOf[weighted] = sumOf[weighted] == second ? first : sumOf[weighted];
            }
        }
    }

    private static bool AreAlike(EdgeLayerPlan? one, EdgeLayerPlan? other) => one?.Expansion.Factor == other?.Expansion.Factor
        && (one is null || (one.Expansion.Outgoing == other!.Expansion.Outgoing && one.NeuronCount == other.NeuronCount && one.Expansion.Share == other.Expansion.Share
            && SharedNeurons(one) == SharedNeurons(other)));

    /// <summary>The number of neurons after which the order of children repeats.</summary>
    private static int SharedNeurons(EdgeLayerPlan layer) => layer.GroupNeurons % layer.Expansion.Share == 0 ? layer.Expansion.Share : layer.GroupNeurons;

    /// <summary>Returns the expanded layers whose children form a value, with their ends; null for parts that are not expanded.</summary>
    private (int End, EdgeLayerPlan? Layer)[] Rows(int source)
    {
        if (source < 0)
            return [(0, null)];
        var rows = new List<(int End, EdgeLayerPlan? Layer)>();
        int end = 0;
        foreach (InputPart part in outputs[source])
        {
            end += part.Count;
            EdgeLayerPlan? expanded = EdgesOf(part);
            if (expanded?.Expansion.Factor == 1)
                expanded = null;
            if (rows.Count > 0 && rows[rows.Count - 1].Layer is null && expanded is null)
                rows[rows.Count - 1] = (end, null);
            else
                rows.Add((end, expanded));
        }

        return rows.Count == 1 && rows[0].Layer is null ? [(0, null)] : [.. rows];
    }

    /// <summary>
    /// Returns a value as a layer reads it: as an image if the layer reads images. Children of neurons can be read as channels only if the
    /// neurons are channels of that size.
    /// </summary>
    private InputPart[] ReadBy(int layer, InputPart[] value)
    {
        int? places = layers[layer].InputImage?.Pixels ?? (layers[layer].OutputPlaces > 1 ? layers[layer].OutputPlaces : null);
        bool isDeclared = layers[layer].OutputUnits == OutputUnits.Declared;
        foreach (InputPart part in value.Where(part => part.Layer != InputPart.NotExpanded && (isDeclared || (places ?? part.Places) != part.Places)))
            narrow[part.Layer] = narrow.TryGetValue(part.Layer, out int first) ? first : layer;
        return places is not { } pixels ? [.. value]
            : [.. value.Select(part => part.Places == pixels ? part : new InputPart(part.Count / pixels, InputPart.NotExpanded, pixels))];
    }

    /// <summary>
    /// A convolution reads one patch at a time. One in groups is pruned only if it has children or reads those of neurons, any other also if
    /// it reads neurons whose edges are pruned.
    /// </summary>
    private static LayerSize SizeOf(LayerPlan layer, LayerSize size, InputPart[] parts, List<LayerSize> below)
    {
        if (layer is not EdgeLayerPlan edges || (size.IsBackbone && !parts.Any(part => part.Layer != InputPart.NotExpanded && (edges.InputGroups == 1 || below[part.Layer].Factor > 1))))
            return size;
        int channels = parts.Sum(part => part.Units);
        return edges.SizeOfEdges with
        {
            Parts = edges.InputImage is null ? parts : [.. parts.Select(part => part with { Places = edges.InputGroups * edges.FanIn / channels })],
        };
    }

    private static InputPart[] OutputOf(LayerPlan layer, InputPart[][] inputs, int neuronsOf) => layer.OutputUnits switch
    {
        OutputUnits.Own => [new InputPart(layer.Outputs / layer.OutputPlaces, neuronsOf, layer.OutputPlaces)],
        OutputUnits.OfInput or OutputUnits.OfFirstInput => layer.InputImage is null ? inputs[0] : [.. inputs[0].Select(part => part with { Places = layer.OutputPlaces })],
        OutputUnits.OfAllInputs => Merge(inputs),
        OutputUnits.Declared => [new InputPart(layer.Outputs / layer.OutputPlaces, InputPart.NotExpanded, layer.OutputPlaces)],
        _ => throw new InvalidOperationException($"{layer.Name} has the units {layer.OutputUnits}."),
    };

    /// <summary>Concatenates values; adjacent parts that are not expanded become one part.</summary>
    private static InputPart[] Merge(InputPart[][] values)
    {
        var merged = new List<InputPart>();
        foreach (InputPart part in values.SelectMany(value => value))
        {
            InputPart? last = merged.Count == 0 ? null : merged[merged.Count - 1];
            if (last is { Layer: InputPart.NotExpanded } before && part.Layer == InputPart.NotExpanded)
            {
                merged[merged.Count - 1] = before.Places == part.Places
                    ? before with { Units = before.Units + part.Units }
                    : new InputPart(before.Count + part.Count, InputPart.NotExpanded);
            }
            else
            {
                merged.Add(part);
            }
        }

        return [.. merged];
    }

    /// <summary>Adds the parameters of a layer besides weights and their biases.</summary>
    private static void AddUnitParameters(LayerPlan layer, InputPart[] parts, List<UnitParameters> all)
    {
        foreach (ParameterPlan parameter in layer.Parameters.Where(parameter => parameter.Role.CountsAsBias()))
        {
            if (parameter.Role.FollowsWidth())
                all.Add(new UnitParameters(1, [.. parts.Select(part => part with { Units = part.Count / layer.OutputPlaces, Places = 1 })]));
            else if (layer.Size is null)
                all.Add(new UnitParameters(checked((int)parameter.Count), [new InputPart(1, InputPart.NotExpanded)]));
        }
    }

    private int[] FindSources(int layer)
    {
        IReadOnlyList<string> names = layers[layer].From;
        if (names.Count == 0 && layers[layer].InputWidths.Count != 1)
            throw Broken(layer, $"the layer does not name the values to read; name them in From.");
        return names.Count == 0 ? [layer - 1] : [.. names.Select(name => FindSource(layer, name))];
    }

    private int FindSource(int layer, string name)
    {
        if (name == LayerPlan.Sample)
            return -1;
        for (int l = 0; l < layers.Count; l++)
        {
            if (layers[l].Name == name)
                return l < layer ? l : throw Broken(layer, $"the layer reads {name}, which is {(l == layer ? "the layer itself" : "declared after it")}; read an earlier layer.");
        }

        throw Broken(layer, $"the layer reads {name}, but there is no such layer; name a layer before it, or {LayerPlan.Sample}.");
    }

    private void CheckWidths(int inputs)
    {
        if (layers.Count == 0)
            throw new PlanException(model, "there are no layers; add at least one.");

        for (int l = 0; l < layers.Count; l++)
        {
            IReadOnlyList<int> widths = layers[l].InputWidths;
            if (sources[l].Length != widths.Count)
                throw Broken(l, $"the layer reads {widths.Count} values, but names {sources[l].Length}; make them equal.");
            for (int i = 0; i < widths.Count; i++)
            {
                int width = sources[l][i] < 0 ? inputs : layers[sources[l][i]].Outputs;
                if (widths[i] != width)
                    throw Broken(l, $"the layer reads {widths[i]} values, but gets {width}{(layers[l].From.Count == 0 ? "" : $" from {layers[l].From[i]}")}; make them equal.");
            }
        }
    }

    /// <summary>A layer that no layer reads has no gradient, so it would never be trained.</summary>
    private void CheckReaders()
    {
        var read = new HashSet<int>(sources.SelectMany(own => own));
        for (int l = 0; l + 1 < layers.Count; l++)
        {
            if (!read.Contains(l))
                throw Broken(l, $"no layer reads this layer, and it is not the last; let a layer read it, or remove it.");
        }
    }

    private PlanException Broken(int layer, FormattableString problem) => new($"{model}.{layers[layer].Name}", Invariant(problem));
}
