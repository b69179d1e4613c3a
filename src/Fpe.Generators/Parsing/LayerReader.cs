using System;
using System.Collections.Generic;
using System.Linq;
using Fpe.Compute;
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
        DeclaredAttribute[] kinds = [.. attributes.Where(attribute => AttributeNames.IsLayer(attribute.Name))];
        if (kinds.Length == 0)
        {
            RequireNoModifier(attributes, subject, kind: null, allowsActivation: false, findings);
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
        if (kinds[0].Name == AttributeNames.Linear)
            return ReadLinear(new(property, syntax, kinds[0]), attributes, subject, findings);

        RequireNoModifier(attributes, subject, kinds[0].Name, kinds[0].Name == AttributeNames.Conv2d, findings);
        return kinds[0].Name switch
        {
            AttributeNames.Conv2d => ReadConv2d(new(property, syntax, kinds[0]), attributes, subject, findings),
            AttributeNames.MaxPool2d => ReadMaxPool2d(new(property, syntax, kinds[0]), subject, findings),
            AttributeNames.Flatten => new DeclaredFlatten(property, syntax, kinds[0]),
            _ => ReadDropout(new(property, syntax, kinds[0]), subject, findings),
        };
    }

    private static DeclaredLinear ReadLinear(
        DeclaredLinear layer, List<DeclaredAttribute> attributes, string subject, Findings findings)
    {
        layer.Neurons = PositiveSize.Read(layer.Attribute, AttributeNames.Neurons, "the number of neurons", subject, findings);
        layer.Activation = ReadActivation(attributes, subject, findings);
        if (attributes.Find(attribute => attribute.Name == AttributeNames.Expand) is { } expand)
        {
            layer.OverridesExpansion = true;
            layer.OwnExpansion = ExpansionReader.Read(expand, subject, findings);
        }

        layer.Clauses.AddRange(attributes.Where(attribute => attribute.Name == AttributeNames.Clause));
        return layer;
    }

    private static DeclaredConv2d ReadConv2d(
        DeclaredConv2d layer, List<DeclaredAttribute> attributes, string subject, Findings findings)
    {
        WindowReader.Read(layer, subject, findings);
        layer.Activation = ReadActivation(attributes, subject, findings);
        return layer;
    }

    private static DeclaredMaxPool2d ReadMaxPool2d(DeclaredMaxPool2d layer, string subject, Findings findings)
    {
        WindowReader.Read(layer, subject, findings);
        return layer;
    }

    private static DeclaredDropout ReadDropout(DeclaredDropout layer, string subject, Findings findings)
    {
        if (layer.Attribute.Value(AttributeNames.Rate, 0.0) is not { } rate)
            findings.MarkBroken();
        else if (rate is >= 0 and < 1)
            layer.Rate = rate;
        else
            findings.Add(LayerRules.DropoutRate, layer.Attribute.LocationOf(AttributeNames.Rate), subject, rate);
        return layer;
    }

    private static ActivationFunction ReadActivation(List<DeclaredAttribute> attributes, string subject, Findings findings)
    {
        DeclaredAttribute[] activations = [.. attributes.Where(attribute => ActivationOf(attribute) != ActivationFunction.Identity)];
        if (activations.Length > 1)
        {
            findings.AddFixable(
                LayerRules.TwoActivations, activations[1].Location, FixData.Remove, FixData.Activation,
                subject, activations[0].Name, activations[1].Name);
        }

        return activations.Length == 1 ? ActivationOf(activations[0]) : ActivationFunction.Identity;
    }

    /// <param name="attributes">The attributes of the property.</param>
    /// <param name="subject">The property, for messages.</param>
    /// <param name="kind">What layer it is; null for none.</param>
    /// <param name="allowsActivation">Whether such a layer can have an activation.</param>
    /// <param name="findings">Receives what is wrong.</param>
    private static void RequireNoModifier(
        List<DeclaredAttribute> attributes, string subject, string? kind, bool allowsActivation, Findings findings)
    {
        foreach (DeclaredAttribute attribute in attributes)
        {
            bool isActivation = ActivationOf(attribute) != ActivationFunction.Identity;
            if (isActivation ? allowsActivation : attribute.Name is not (AttributeNames.Expand or AttributeNames.Clause))
                continue;

            string meant = isActivation ? "Linear or Conv2d" : "Linear";
            findings.Add(
                LayerRules.OtherLayer, attribute.Location, subject, attribute.Name, meant,
                kind is null ? "property is no layer" : $"is a {kind} layer",
                kind is null ? "add [Linear(neurons)] to it" : $"move it to the {meant} layer it is meant for");
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
