using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Parsing;

/// <summary>Follows the values of a model, from the samples on: which layers read them, and what these make of their shapes.</summary>
internal sealed class GraphReader
{
    private readonly DeclaredModel model;
    private readonly Findings findings;
    private readonly HashSet<DeclaredLayer> read = [];

    private GraphReader(DeclaredModel model, Findings findings)
    {
        this.model = model;
        this.findings = findings;
    }

    /// <summary>Fills in what the layers read and compute. After an error the shape is not known, and nothing follows from it.</summary>
    public static void Connect(DeclaredModel model, Findings findings)
    {
        var reader = new GraphReader(model, findings);
        for (int l = 0; l < model.Layers.Count; l++)
            reader.Connect(l);
        reader.RequireReaders();
        SetReaders(model);
    }

    private void Connect(int index)
    {
        DeclaredLayer layer = model.Layers[index];
        var sources = new List<DeclaredLayer?>();
        var shapes = new List<Shape?>();
        if (layer.From.Count == 0)
            Add(index == 0 ? null : model.Layers[index - 1], isKnown: true);
        foreach (DeclaredSource source in layer.From)
        {
            DeclaredLayer? named = source.Name == AttributeNames.Sample ? null : Find(index, source.Name);
            bool isKnown = named is not null || source.Name == AttributeNames.Sample;
            if (!isKnown)
                ReportUnknown(index, source);
            Add(named, isKnown);
        }

        layer.Connect(sources, shapes, findings);

        void Add(DeclaredLayer? source, bool isKnown)
        {
            sources.Add(source);
            shapes.Add(!isKnown ? null : source is null ? model.Sample : source.Output);
            if (source is not null)
                read.Add(source);
        }
    }

    private DeclaredLayer? Find(int before, string name)
    {
        for (int l = before - 1; l >= 0; l--)
        {
            if (model.Layers[l].Name == name)
                return model.Layers[l];
        }

        return null;
    }

    private void ReportUnknown(int index, DeclaredSource source)
    {
        DeclaredLayer layer = model.Layers[index];
        string earlier = index == 0
            ? "it is the first layer, so read ModelAttribute.Sample"
            : $"read one of {string.Join(", ", model.Layers.Take(index).Select(before => before.Name))}, or ModelAttribute.Sample";
        (string problem, string remedy) = source.Name == layer.Name ? ("which is the layer itself", earlier)
            : model.Layers.Any(other => other.Name == source.Name) ? ("which is declared after it", $"declare {source.Name} before {layer.Name}")
            : ("but the model has no such layer", earlier);
        findings.Add(GraphRules.UnknownValue, source.Location, layer.Subject, source.Name, problem, remedy);
        if (model.Layers.FirstOrDefault(other => other.Name == source.Name) is { } meant)
            read.Add(meant);
    }

    /// <summary>What nobody reads has no gradient.</summary>
    private void RequireReaders()
    {
        foreach (DeclaredLayer layer in model.Layers.Take(model.Layers.Count - 1).Where(layer => !read.Contains(layer)))
            findings.Add(GraphRules.UnreadLayer, layer.NameLocation, layer.Subject, layer.Name);
    }

    private static void SetReaders(DeclaredModel model)
    {
        foreach (ExpandableLayer reader in model.Expandable)
        {
            foreach (ExpandableLayer layer in reader.Sources.SelectMany(source => source?.Origins ?? []).Distinct())
                layer.Next = layer.Next is null || reader.Neurons > layer.Next.Neurons ? reader : layer.Next;
        }

        foreach (ExpandableLayer output in model.Outputs)
            output.Next = null;
    }
}
