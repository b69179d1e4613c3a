using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Kinds;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Parsing;

/// <summary>Connects the layers: finds the values that each layer reads, and propagates their shapes from the sample.</summary>
internal sealed class LayerConnector
{
    private readonly Shape? sample;

    /// <summary>The last layer that was connected; null before the first.</summary>
    private DeclaredLayer? previous;

    private LayerConnector(Shape? sample) => this.sample = sample;

    /// <summary>Sets what the layers read and compute. After an error, the shape is unknown and causes no further errors.</summary>
    public static void Connect(DeclaredModel model, Findings findings)
    {
        if (new LayerConnector(model.Sample).ConnectMembers(model, null, findings))
            RequireReaders(model, findings);
        ConnectNeurons(model);
    }

    /// <summary>Whether a property, if it reads the sample by name, can read all of it; if not, this is reported.</summary>
    private static bool ReadsNoPart(DeclaredModel model, DeclaredMember member, Findings findings)
    {
        if (member is DeclaredInput || model.IsBlock || !model.Inputs.Any() || member.From.FirstOrDefault(source => source.Name == LayerPlan.Sample) is not { } sample)
            return true;
        findings.Add(
            SequenceRules.Inputs, sample.Location, member.Subject, "the layer reads the sample, which has several inputs",
            $"read one of them, such as {model.Inputs.First().Name}");
        return false;
    }

    /// <summary>Connects the layers of a model, or of a block in one use.</summary>
    /// <param name="model">The model or block.</param>
    /// <param name="input">The layer whose value it reads; null for the sample.</param>
    /// <param name="findings">Receives the errors.</param>
    /// <returns>Whether all values that are read are known.</returns>
    private bool ConnectMembers(DeclaredModel model, DeclaredLayer? input, Findings findings)
    {
        bool isComplete = true;
        for (int m = 0; m < model.Members.Count; m++)
        {
            DeclaredMember member = model.Members[m];
            bool isKnown = true;
            List<DeclaredLayer?> sources = [];
            if (member.From.Count == 0)
            {
                sources.Add(m == 0 ? input : model.Members[m - 1].Last);
                isKnown = m == 0 || sources[0] is not null;
            }

            foreach (DeclaredSource source in member.From)
            {
                DeclaredLayer? named = input;
                isKnown &= source.Name == model.SampleName || TryFind(model, m, source, findings, out named);
                sources.Add(named);
            }

            isKnown &= ReadsNoPart(model, member, findings);
            if (member is DeclaredUse use)
            {
                isKnown = isKnown && ConnectUse(use, sources[0], findings);
            }
            else
            {
                var layer = (DeclaredLayer)member;
                bool isInOrder = layer.From.Count == 0 && sources[0] == previous;
                layer.Connect(isKnown ? sources : [], isInOrder, sample, findings);
                previous = layer;
            }

            isComplete &= isKnown;
        }

        return isComplete;
    }

    /// <summary>
    /// Connects the layers of all uses of a block. What is wrong inside of the block is reported where it is declared, so only values that
    /// do not fit the block are reported here.
    /// </summary>
    private bool ConnectUse(DeclaredUse use, DeclaredLayer? source, Findings findings)
    {
        foreach (DeclaredModel copy in use.Copies)
        {
            if ((source is null ? sample : source.Output) is not { } shape)
                return false;
            if (shape with { Tokens = null } != copy.Sample)
            {
                ReportShape(use, copy, source, shape, findings);
                return false;
            }

            if (!ConnectMembers(copy, source, new Findings()))
                return false;
            source = copy.Last;
        }

        return use.Copies.Count > 0;
    }

    private static void ReportShape(DeclaredUse use, DeclaredModel copy, DeclaredLayer? source, Shape shape, Findings findings)
    {
        (string reads, string gets) = (ShapeText.Of(copy.Sample!.Value), ShapeText.Of(shape));
        if (copy != use.Copies[0])
        {
            findings.Add(
                BlockRules.RepeatedShape, use.Repeat!.LocationOf(AttributeNames.Times), use.Subject,
                use.Block.Name, reads, gets);
            return;
        }

        Location place = use.From.Count > 0 ? use.From[0].Location : use.Syntax.Type.GetLocation();
        findings.Add(BlockRules.InputShape, place, use.Subject, use.Block.Name, reads, gets, source?.Name ?? Words.Source(copy.Root.SampleName));
    }

    private static bool TryFind(DeclaredModel model, int reader, DeclaredSource source, Findings findings, out DeclaredLayer? found)
    {
        int position = 0;
        while (position < model.Members.Count && model.Members[position].Property.Name != source.Name)
            position++;
        found = position < reader ? model.Members[position].Last : null;
        if (position < reader)
            return found is not null;

        string subject = model.Members[reader].Subject;
        string[] earlier = [.. model.Members.Take(reader).Select(member => member.Property.Name)];
        if (position < model.Members.Count)
        {
            string problem = position == reader ? "the layer itself" : "declared after it";
            findings.Add(GraphRules.NotEarlier, source.Location, subject, source.Name, problem);
        }
        else if (NearestName.Of(source.Name, earlier) is { } nearest)
        {
            findings.AddFixable(
                GraphRules.UnknownLayer, source.Location, FixData.Name, nearest,
                subject, source.Name, $"name a layer before it, such as {nearest}, or {model.SampleConstant}");
        }
        else
        {
            findings.Add(GraphRules.UnknownLayer, source.Location, subject, source.Name, $"name a layer before it, or {model.SampleConstant}");
        }

        return false;
    }

    /// <summary>A layer that no layer reads has no gradient, so it would never be trained.</summary>
    private static void RequireReaders(DeclaredModel model, Findings findings)
    {
        var read = new HashSet<DeclaredLayer?>(model.Layers.SelectMany(layer => layer.Sources));
        foreach (DeclaredMember member in model.Members.Take(model.Members.Count - 1).Where(member => !read.Contains(member.Last)))
            findings.Add(GraphRules.Unread, member.NameLocation, member.Subject);
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
        ExpandableLayer[] outputs = model.Last is { } last ? [.. NeuronsIn(last.Parts)] : [];
        foreach (ExpandableLayer layer in layers)
        {
            layer.Readers = [.. readers[sums[layer]]];
            layer.Addends = [.. layers.Where(other => sums[other] == sums[layer])];
            layer.IsOutput = outputs.Contains(sums[layer]);
            layer.NarrowReader = model.Layers.FirstOrDefault(reader => !reader.ReadsChildren && NeuronsIn(reader.InputParts).Contains(sums[layer]));
        }

        IEnumerable<ExpandableLayer> NeuronsIn(IEnumerable<DeclaredPart> parts) =>
            parts.Select(part => part.Layer).OfType<ExpandableLayer>().Select(layer => sums[layer]).Distinct();
    }
}
