using System;
using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Model;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Parsing;

/// <summary>Reads the layer properties of a class, in source order.</summary>
internal static class LayerReader
{
    /// <summary>Adds the layers to the model.</summary>
    public static void Read(DeclaredModel model, INamedTypeSymbol type, UserCode code, Findings findings)
    {
        var properties =
            from property in code.MembersOf(type).OfType<IPropertySymbol>()
            let syntax = code.SyntaxOf(property).OfType<BasePropertyDeclarationSyntax>().FirstOrDefault()
            where syntax is not null
            orderby syntax.SpanStart
            select (property, syntax);

        foreach ((IPropertySymbol property, BasePropertyDeclarationSyntax syntax) in properties)
        {
            List<DeclaredAttribute> attributes = DeclaredAttribute.AllOn(property);
            if (attributes.Count > 0 && ReadLayer(model.Name, property, syntax, attributes, code, findings) is { } layer)
                model.Layers.Add(layer);
        }

        RequireOneDeclaration(model, code, findings);
        if (model.Linears.Count == 0 && !findings.IsBroken)
            findings.Add(DeclarationRules.NoLayers, code.LocationOf(type), model.Name);
    }

    private static DeclaredLayer? ReadLayer(
        string model, IPropertySymbol property, BasePropertyDeclarationSyntax syntax, List<DeclaredAttribute> attributes,
        UserCode code, Findings findings)
    {
        string subject = $"{model}.{property.Name}";
        DeclaredAttribute[] kinds = [.. attributes.Where(attribute => attribute.Name is AttributeNames.Linear or AttributeNames.Dropout)];
        if (kinds.Length == 0)
        {
            RequireNoModifier(attributes, subject, "property is no layer", "add [Linear(neurons)] to it", findings);
            return null;
        }

        if (kinds.Length > 1)
        {
            if (kinds[0].Name != kinds[1].Name)
                findings.Add(LayerRules.TwoLayers, kinds[1].Location, subject, kinds[0].Name, kinds[1].Name);
            findings.MarkBroken();
            return null;
        }

        PropertyShape.Require(property, syntax, kinds[0], code, subject, findings);
        return kinds[0].Name == AttributeNames.Linear
            ? ReadLinear(new(property, syntax, kinds[0]), attributes, subject, findings)
            : ReadDropout(new(property, syntax, kinds[0]), attributes, subject, findings);
    }

    private static DeclaredLinear ReadLinear(
        DeclaredLinear layer, List<DeclaredAttribute> attributes, string subject, Findings findings)
    {
        layer.Neurons = PositiveSize.Read(layer.Attribute, AttributeNames.Neurons, "the number of neurons", subject, findings);
        DeclaredAttribute[] activations = [.. attributes.Where(attribute => ActivationOf(attribute) != ActivationFunction.Identity)];
        if (activations.Length > 1)
            findings.Add(LayerRules.TwoActivations, activations[1].Location, subject, activations[0].Name, activations[1].Name);
        else if (activations.Length == 1)
            layer.Activation = ActivationOf(activations[0]);

        if (attributes.Find(attribute => attribute.Name == AttributeNames.Expand) is { } expand)
        {
            layer.OverridesExpansion = true;
            layer.OwnExpansion = ExpansionReader.Read(expand, subject, findings);
        }

        layer.Clauses.AddRange(attributes.Where(attribute => attribute.Name == AttributeNames.Clause));
        return layer;
    }

    private static DeclaredDropout ReadDropout(
        DeclaredDropout layer, List<DeclaredAttribute> attributes, string subject, Findings findings)
    {
        RequireNoModifier(attributes, subject, "is a Dropout layer", "move it to the Linear layer it is meant for", findings);
        if (layer.Attribute.Value(AttributeNames.Rate, 0.0) is not { } rate)
            findings.MarkBroken();
        else if (rate is >= 0 and < 1)
            layer.Rate = rate;
        else
            findings.Add(LayerRules.DropoutRate, layer.Attribute.LocationOf(AttributeNames.Rate), subject, rate);
        return layer;
    }

    private static void RequireNoModifier(
        List<DeclaredAttribute> attributes, string subject, string instead, string remedy, Findings findings)
    {
        foreach (DeclaredAttribute attribute in attributes)
        {
            if (attribute.Name is AttributeNames.Expand or AttributeNames.Clause || ActivationOf(attribute) != ActivationFunction.Identity)
                findings.Add(LayerRules.NeedsLinear, attribute.Location, subject, attribute.Name, instead, remedy);
        }
    }

    private static ActivationFunction ActivationOf(DeclaredAttribute attribute) =>
        Enum.TryParse(attribute.Name, out ActivationFunction activation) ? activation : ActivationFunction.Identity;

    private static void RequireOneDeclaration(DeclaredModel model, UserCode code, Findings findings)
    {
        foreach (DeclaredLayer layer in model.Layers.Skip(1))
        {
            DeclaredLayer first = model.Layers[0];
            if (layer.Syntax.Parent == first.Syntax.Parent)
                continue;
            findings.Add(
                DeclarationRules.SpreadLayers, code.LocationOf(layer.Property), $"{model.Name}.{layer.Name}", $"{model.Name}.{first.Name}");
            return;
        }
    }
}
