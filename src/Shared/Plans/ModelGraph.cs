using System;
using System.Collections.Generic;
using System.Linq;
using Fpe.Counting;
using Fpe.Expansion;
using static System.FormattableString;

namespace Fpe;

/// <summary>
/// Which values the layers of a plan read, and what expansion makes of their widths. Copies belong to a value: a layer that has no neurons
/// of its own hands on those of its inputs.
/// </summary>
internal sealed class ModelGraph
{
    private readonly string model;
    private readonly IReadOnlyList<LayerPlan> layers;
    private readonly int[][] sources;
    private readonly IReadOnlyList<InputPart>[] outputs;
    private readonly int[] weightedAt;
    private readonly int[] sumOf;

    private ModelGraph(string model, int inputs, IReadOnlyList<LayerPlan> layers)
    {
        this.model = model;
        this.layers = layers;
        sources = [.. layers.Select((_, l) => FindSources(l))];
        CheckWidths(inputs);
        CheckReaders();

        outputs = new IReadOnlyList<InputPart>[layers.Count];
        weightedAt = [.. Enumerable.Range(0, layers.Count).Where(l => layers[l].Size is not null)];
        var sizes = new List<LayerSize>();
        var parameters = new List<UnitParameters>();
        for (int l = 0; l < layers.Count; l++)
        {
            InputPart[] parts = [.. sources[l].SelectMany(source => source < 0 ? [new InputPart(inputs, InputPart.NotExpanded)] : outputs[source])];
            outputs[l] = OutputOf(layers[l], sources[l], parts, sizes.Count);
            if (layers[l].Size is { } size)
                sizes.Add(size.IsBackbone ? size : size with { Parts = parts });
            AddUnitParameters(layers[l], parts, parameters);
        }

        (Sizes, UnitParameters) = (sizes, parameters);
        sumOf = [.. Enumerable.Range(0, sizes.Count)];
        for (int l = 0; l < layers.Count; l++)
            JoinSums(l);
        int[] linears = [.. Enumerable.Range(0, weightedAt.Length).Where(weighted => layers[weightedAt[weighted]] is LinearPlan)];
        LinearSums = [.. linears.Select(weighted => Array.IndexOf(linears, sumOf[weighted]))];
        LinearParts =
        [
            .. linears.Select(weighted => (IReadOnlyList<InputPart>)
                [.. sizes[weighted].Parts!.Select(part => part with { Layer = Array.IndexOf(linears, part.Layer) })]),
        ];
    }

    /// <summary>For each layer the positions of those whose values it reads; −1 for the sample.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Sources => sources;

    /// <summary>The layers with weights, as the counting rules know them.</summary>
    public IReadOnlyList<LayerSize> Sizes { get; }

    /// <summary>What layers learn for each unit that they read.</summary>
    public IReadOnlyList<UnitParameters> UnitParameters { get; }

    /// <summary>The parts that each <c>Linear</c> layer reads; their layers are positions among the <c>Linear</c> layers.</summary>
    public IReadOnlyList<IReadOnlyList<InputPart>> LinearParts { get; }

    /// <summary>
    /// For each <c>Linear</c> layer the first one to whose neurons its own are added, among the <c>Linear</c> layers: who reads the sum reads
    /// both. Itself if there is none.
    /// </summary>
    public IReadOnlyList<int> LinearSums { get; }

    /// <summary>Follows the values through the layers of a plan.</summary>
    /// <param name="model">Name of the model, for messages.</param>
    /// <param name="inputs">Features of one sample.</param>
    /// <param name="layers">The layers; their names differ.</param>
    /// <exception cref="PlanException">There is no layer, or a source or a width does not fit.</exception>
    public static ModelGraph Of(string model, int inputs, IReadOnlyList<LayerPlan> layers) => new(model, inputs, layers);

    /// <summary>Values that leave a layer when the model is expanded.</summary>
    public int ExpandedWidth(int layer)
    {
        long width = outputs[layer].Sum(part => (long)part.Count * (part.Layer == InputPart.NotExpanded ? 1 : Sizes[part.Layer].Factor));
        return LayerPlan.RequireWidth($"{model}.{layers[layer].Name}", "outputs", width);
    }

    /// <summary>Whether neurons of a layer with weights are outputs of the model.</summary>
    public bool IsOutput(int layer) => HasNeuronsOf(outputs[layers.Count - 1], layer);

    /// <summary>The layers that read neurons of a layer with weights and do not hand them on as they are.</summary>
    public IEnumerable<int> ReadersOfChildren(int layer) => Enumerable.Range(0, layers.Count).Where(reader =>
        layers[reader].OutputUnits is OutputUnits.Own or OutputUnits.Declared
        && sources[reader].Any(source => source >= 0 && HasNeuronsOf(outputs[source], layer)));

    /// <summary>Layers whose inputs should have the same units but have not, with two layers whose children differ; null for none.</summary>
    public IEnumerable<(LayerPlan Layer, LinearPlan? One, LinearPlan? Other)> UnequalSums()
    {
        for (int l = 0; l < layers.Count; l++)
        {
            if (layers[l].OutputUnits != OutputUnits.OfInput || sources[l].Length < 2)
                continue;
            (int End, LinearPlan? Layer)[] first = Rows(sources[l][0]);
            foreach (int source in sources[l].Skip(1))
            {
                (int End, LinearPlan? Layer)[] other = Rows(source);
                int different = first.Zip(other, (one, two) => one.End == two.End && AreAlike(one.Layer, two.Layer)).TakeWhile(alike => alike).Count();
                if (different < Math.Max(first.Length, other.Length))
                    yield return (layers[l], first[Math.Min(different, first.Length - 1)].Layer, other[Math.Min(different, other.Length - 1)].Layer);
            }
        }
    }

    /// <summary>Whether neurons of a layer with weights are in a value, or neurons that are added to them.</summary>
    private bool HasNeuronsOf(IReadOnlyList<InputPart> parts, int layer)
    {
        int weighted = Array.IndexOf(weightedAt, layer);
        return weighted >= 0 && parts.Any(part => part.Layer != InputPart.NotExpanded && sumOf[part.Layer] == sumOf[weighted]);
    }

    /// <summary>Neurons that are added up are read together.</summary>
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

    private static bool AreAlike(LinearPlan? one, LinearPlan? other) => one?.Expansion.Factor == other?.Expansion.Factor
        && (one is null || (one.Expansion.Outgoing == other!.Expansion.Outgoing && one.Neurons == other.Neurons && one.Expansion.Share == other.Expansion.Share));

    /// <summary>The expanded layers whose children a value is made of, with where they end; null for what is not expanded.</summary>
    private (int End, LinearPlan? Layer)[] Rows(int source)
    {
        if (source < 0)
            return [(0, null)];
        var rows = new List<(int End, LinearPlan? Layer)>();
        int end = 0;
        foreach (InputPart part in outputs[source])
        {
            end += part.Count;
            var expanded = part.Layer == InputPart.NotExpanded ? null : layers[weightedAt[part.Layer]] as LinearPlan;
            if (expanded?.Expansion.Factor == 1)
                expanded = null;
            if (rows.Count > 0 && rows[rows.Count - 1].Layer is null && expanded is null)
                rows[rows.Count - 1] = (end, null);
            else
                rows.Add((end, expanded));
        }

        return rows.Count == 1 && rows[0].Layer is null ? [(0, null)] : [.. rows];
    }

    private IReadOnlyList<InputPart> OutputOf(LayerPlan layer, int[] from, InputPart[] parts, int weighted) => layer.OutputUnits switch
    {
        OutputUnits.Own => [new InputPart(layer.Outputs, weighted)],
        OutputUnits.OfInput => from[0] < 0 ? [parts[0]] : outputs[from[0]],
        OutputUnits.OfAllInputs => parts,
        OutputUnits.Declared => [new InputPart(layer.Outputs / layer.OutputPlaces, InputPart.NotExpanded, layer.OutputPlaces)],
        _ => throw new InvalidOperationException($"{layer.Name} has the units {layer.OutputUnits}."),
    };

    /// <summary>What a layer learns besides weights and their biases.</summary>
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
            throw Broken(layer, $"the layer names no values to read; name them in From.");
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
            throw new PlanException(model, "there is no layer; give at least one.");

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

    /// <summary>What nobody reads has no gradient, so it would never be trained.</summary>
    private void CheckReaders()
    {
        var read = new HashSet<int>(sources.SelectMany(own => own));
        for (int l = 0; l + 1 < layers.Count; l++)
        {
            if (!read.Contains(l))
                throw Broken(l, $"nobody reads the layer, and it is not the last; let a layer read it, or leave it out.");
        }
    }

    private PlanException Broken(int layer, FormattableString problem) => new($"{model}.{layers[layer].Name}", Invariant(problem));
}
