using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Parsing;

/// <summary>Connects the layers: finds the values that each layer reads, and propagates their shapes from the sample.</summary>
internal static class LayerConnector
{
    /// <summary>Sets what the layers read and compute. After an error, the shape is unknown and causes no further errors.</summary>
    public static void Connect(DeclaredModel model, Findings findings)
    {
        bool isComplete = true;
        for (int l = 0; l < model.Layers.Count; l++)
        {
            DeclaredLayer layer = model.Layers[l];
            bool isKnown = true;
            List<DeclaredLayer?> sources = [];
            if (layer.From.Count == 0)
                sources.Add(l == 0 ? null : model.Layers[l - 1]);
            foreach (DeclaredSource source in layer.From)
            {
                DeclaredLayer? named = null;
                isKnown &= source.Name == LayerPlan.Sample || TryFind(model.Layers, l, source, findings, out named);
                sources.Add(named);
            }

            isKnown &= ReadsNoPart(model, layer, findings);
            layer.Connect(isKnown ? sources : [], model.Sample, findings);
            isComplete &= isKnown;
        }

        if (isComplete)
            RequireReaders(model, findings);
        ConnectNeurons(model);
    }

    /// <summary>Whether a layer, if it reads the sample by name, can read all of it; if not, this is reported.</summary>
    private static bool ReadsNoPart(DeclaredModel model, DeclaredLayer layer, Findings findings)
    {
        if (layer is DeclaredInput || !model.Inputs.Any() || layer.From.FirstOrDefault(source => source.Name == LayerPlan.Sample) is not { } sample)
            return true;
        findings.Add(
            SequenceRules.Inputs, sample.Location, layer.Subject, "the layer reads the sample, which has several inputs",
            $"read one of them, such as {model.Inputs.First().Name}");
        return false;
    }

    private static bool TryFind(IReadOnlyList<DeclaredLayer> layers, int reader, DeclaredSource source, Findings findings, out DeclaredLayer? found)
    {
        int position = 0;
        while (position < layers.Count && layers[position].Name != source.Name)
            position++;
        found = position < layers.Count ? layers[position] : null;
        if (position < reader)
            return true;

        string subject = layers[reader].Subject;
        string[] earlier = [.. layers.Take(reader).Select(layer => layer.Name)];
        if (found is not null)
        {
            string problem = position == reader ? "the layer itself" : "declared after it";
            findings.Add(GraphRules.NotEarlier, source.Location, subject, source.Name, problem);
        }
        else if (NearestName.Of(source.Name, earlier) is { } nearest)
        {
            findings.AddFixable(
                GraphRules.UnknownLayer, source.Location, FixData.Name, nearest,
                subject, source.Name, $"name a layer before it, such as {nearest}, or ModelAttribute.Sample");
        }
        else
        {
            findings.Add(GraphRules.UnknownLayer, source.Location, subject, source.Name, "name a layer before it, or ModelAttribute.Sample");
        }

        return false;
    }

    /// <summary>A layer that no layer reads has no gradient, so it would never be trained.</summary>
    private static void RequireReaders(DeclaredModel model, Findings findings)
    {
        var read = new HashSet<DeclaredLayer?>(model.Layers.SelectMany(layer => layer.Sources));
        foreach (DeclaredLayer layer in model.Layers.Take(model.Layers.Count - 1).Where(layer => !read.Contains(layer)))
            findings.Add(GraphRules.Unread, layer.NameLocation, layer.Subject);
    }

    /// <summary>Finds the readers of each layer's neurons. Neurons that are added are read together.</summary>
    private static void ConnectNeurons(DeclaredModel model)
    {
        IReadOnlyList<ExpandableLayer> layers = model.Expandable;
        Dictionary<ExpandableLayer, ExpandableLayer> sums = layers.ToDictionary(layer => layer);
        foreach (DeclaredLayer sum in model.Layers.Where(layer => layer.AddsValues))
        {
            foreach (DeclaredLayer? source in sum.Sources)
            {
                foreach ((DeclaredPart one, DeclaredPart other) in sum.Parts.Zip(source?.Parts ?? [], (one, other) => (one, other)))
                {
                    if (one.Layer is null || other.Layer is null)
                        continue;
                    (ExpandableLayer first, ExpandableLayer second) = (sums[one.Layer], sums[other.Layer]);
                    foreach (ExpandableLayer joined in layers.Where(layer => sums[layer] == second))
                        sums[joined] = first;
                }
            }
        }

        ILookup<ExpandableLayer, ExpandableLayer> readers = layers
            .SelectMany(reader => NeuronsIn(reader.InputParts).Select(sum => (sum, reader)))
            .ToLookup(read => read.sum, read => read.reader);
        ExpandableLayer[] outputs = model.Layers.Count == 0 ? [] : [.. NeuronsIn(model.Layers[model.Layers.Count - 1].Parts)];
        foreach (ExpandableLayer layer in layers)
        {
            layer.Readers = [.. readers[sums[layer]]];
            layer.IsOutput = outputs.Contains(sums[layer]);
            layer.NarrowReader = model.Layers.FirstOrDefault(reader => !reader.ReadsChildren && NeuronsIn(reader.InputParts).Contains(sums[layer]));
        }

        IEnumerable<ExpandableLayer> NeuronsIn(IEnumerable<DeclaredPart> parts) =>
            parts.Select(part => part.Layer).OfType<ExpandableLayer>().Select(layer => sums[layer]).Distinct();
    }
}
