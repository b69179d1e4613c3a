using System;
using System.Collections.Generic;
using System.Linq;
using Fpe.Compute;
using Fpe.Generators.Declarations;
using Fpe.Generators.Kinds;
using Fpe.Generators.Naming;
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
            if (attributes.Count > 0 && ReadLayer($"{model.Name}.{property.Name}", property, syntax, attributes, code, findings) is { } layer)
                model.Layers.Add(layer);
        }

        RequireOneDeclaration(model, code, findings);
        if (model.Expandable.Count == 0 && !findings.IsBroken)
            findings.Add(DeclarationRules.NoLayers, code.LocationOf(type), model.Name);
    }

    private static DeclaredLayer? ReadLayer(
        string subject, IPropertySymbol property, BasePropertyDeclarationSyntax syntax, List<DeclaredAttribute> attributes,
        UserCode code, Findings findings)
    {
        DeclaredAttribute[] kinds = [.. attributes.Where(attribute => LayerKinds.Find(attribute.Name) is not null)];
        if (kinds.Length == 0)
        {
            DeclaredAttribute? activation = ActivationsOf(attributes).FirstOrDefault();
            if (activation is not null && property.Type.ToDisplayString(NullableFlowState.None) == $"{AttributeNames.Namespace}.{LayerKinds.Activation.Name}")
                return ReadKind(LayerKinds.Activation, new LayerProperty(property, syntax, activation, attributes, subject), code, findings);
            RequireAllowed(attributes, subject, kind: null, layer: null, findings);
            return null;
        }

        if (kinds.Length > 1)
        {
            if (kinds[0].Name != kinds[1].Name)
                findings.Add(LayerRules.TwoLayers, kinds[1].Location, subject, kinds[0].Name, kinds[1].Name);
            findings.MarkBroken();
            return null;
        }

        return ReadKind(LayerKinds.Find(kinds[0].Name)!, new LayerProperty(property, syntax, kinds[0], attributes, subject), code, findings);
    }

    private static DeclaredLayer ReadKind(LayerKind kind, LayerProperty property, UserCode code, Findings findings)
    {
        PropertyShape.Require(property, kind, code, findings);
        RequireAllowed(property.Attributes, property.Subject, kind, property.Layer, findings);
        DeclaredLayer layer = kind.Read(property, findings);
        layer.From = SourceReader.Read(kind, property, findings);
        if (kind.AllowsActivation || kind == LayerKinds.Activation)
            ReadActivation(layer, property.Attributes, findings);
        if (layer is ExpandableLayer expandable && property.Named(AttributeNames.Expand).FirstOrDefault() is { } expand)
        {
            expandable.OverridesExpansion = true;
            expandable.OwnExpansion = ExpansionReader.Read(expand, property.Subject, findings);
        }

        return layer;
    }

    private static void ReadActivation(DeclaredLayer layer, IReadOnlyList<DeclaredAttribute> attributes, Findings findings)
    {
        DeclaredAttribute[] activations = ActivationsOf(attributes);
        if (activations.Length > 1)
        {
            findings.AddFixable(
                LayerRules.TwoActivations, activations[1].Location, FixData.Remove, FixData.Activation,
                layer.Subject, activations[0].Name, activations[1].Name);
        }
        else if (activations.Length == 1)
        {
            layer.ActivationAttribute = activations[0];
            layer.Activation = ActivationKind.FunctionOf(activations[0]);
        }
    }

    /// <param name="attributes">The attributes of the property.</param>
    /// <param name="subject">The property, for messages.</param>
    /// <param name="kind">What layer it is; null for none.</param>
    /// <param name="layer">The attribute that says so.</param>
    /// <param name="findings">Receives which attributes such a layer cannot have.</param>
    private static void RequireAllowed(
        IReadOnlyList<DeclaredAttribute> attributes, string subject, LayerKind? kind, DeclaredAttribute? layer, Findings findings)
    {
        foreach (DeclaredAttribute attribute in attributes)
        {
            Func<LayerKind, bool>? allow =
                ActivationKind.FunctionOf(attribute) != ActivationFunction.Identity ? allowing => allowing.AllowsActivation
                : attribute.Name is AttributeNames.Expand or AttributeNames.Clause ? allowing => allowing.AllowsExpansion
                : null;
            bool isLayer = attribute == layer || (kind == LayerKinds.Activation && ActivationKind.FunctionOf(attribute) != ActivationFunction.Identity);
            if (allow is null || isLayer || (kind is not null && allow(kind)))
                continue;

            string meant = LayerKinds.Names(allow);
            findings.Add(
                LayerRules.OtherLayer, attribute.Location, subject, attribute.Name, meant,
                kind is null ? "property is no layer" : $"is a {kind.Name} layer",
                kind is null ? "add [Linear(neurons)] to it" : $"move it to the {meant} layer it is meant for");
        }
    }

    private static DeclaredAttribute[] ActivationsOf(IReadOnlyList<DeclaredAttribute> attributes) =>
        [.. attributes.Where(attribute => ActivationKind.FunctionOf(attribute) != ActivationFunction.Identity)];

    private static void RequireOneDeclaration(DeclaredModel model, UserCode code, Findings findings)
    {
        foreach (DeclaredLayer layer in model.Layers.Skip(1))
        {
            DeclaredLayer first = model.Layers[0];
            if (layer.Syntax.Parent == first.Syntax.Parent)
                continue;
            findings.Add(DeclarationRules.SpreadLayers, code.LocationOf(layer.Property), layer.Subject, first.Subject);
            return;
        }
    }
}
