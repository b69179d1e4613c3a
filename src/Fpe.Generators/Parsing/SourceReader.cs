using System.Collections.Generic;
using System.Linq;
using Fpe.Compute;
using Fpe.Generators.Declarations;
using Fpe.Generators.Kinds;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Parsing;

/// <summary>Reads which values a layer names.</summary>
internal static class SourceReader
{
    /// <summary>The names; empty if the layer reads the one before it, or if they are not valid.</summary>
    public static IReadOnlyList<DeclaredSource> Read(LayerKind kind, LayerProperty property, Findings findings)
    {
        WarnOfOthers(kind, property, findings);
        DeclaredAttribute attribute = property.Layer;
        if (kind.ReadsSeveral)
            return ReadSeveral(attribute, property.Subject, findings);
        if (!attribute.Has(AttributeNames.From))
            return [];
        if (attribute.Text(AttributeNames.From) is { } name)
            return [new DeclaredSource(name, attribute.LocationOf(AttributeNames.From))];
        findings.MarkBroken();
        return [];
    }

    private static IReadOnlyList<DeclaredSource> ReadSeveral(DeclaredAttribute attribute, string subject, Findings findings)
    {
        if (attribute.Elements<string>() is not { } names)
        {
            findings.MarkBroken();
            return [];
        }

        if (names.Count < 2)
            findings.Add(GraphRules.TooFewValues, attribute.Location, subject, attribute.Name, names.Count);
        return [.. names.Select(name => new DeclaredSource(name.Value, name.Location))];
    }

    /// <summary>An activation takes a source only where it is the layer.</summary>
    private static void WarnOfOthers(LayerKind kind, LayerProperty property, Findings findings)
    {
        foreach (DeclaredAttribute other in property.Attributes.Where(other => other != property.Layer && other.Has(AttributeNames.From)))
        {
            if (ActivationKind.FunctionOf(other) == ActivationFunction.Identity)
                continue;
            findings.AddFixable(
                ExpansionRules.NoEffect, other.LocationOfWhole(AttributeNames.From), FixData.Remove, FixData.Argument,
                property.Subject, AttributeNames.From, $"[{other.Name}] is part of the {kind.Name} layer", $"remove it, or move it to [{property.Layer.Name}]");
        }
    }
}
