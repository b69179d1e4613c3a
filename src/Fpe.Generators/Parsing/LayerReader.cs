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

/// <summary>Reads the properties of a class that declare layers or use blocks, in source order.</summary>
internal static class LayerReader
{
    private const string SlopeArgument = "slope";

    private static readonly Dictionary<string, ActivationFunction> Activations = Enum.GetValues(typeof(ActivationFunction))
        .Cast<ActivationFunction>()
        .Where(activation => activation != ActivationFunction.Identity)
        .ToDictionary(activation => activation.ToString());

    /// <summary>Adds the layers and uses of blocks to the model.</summary>
    public static void Read(DeclaredModel model, UserCode code, ModelParser parser, Findings findings)
    {
        var properties =
            from property in code.MembersOf(model.Type).OfType<IPropertySymbol>()
            let syntax = code.SyntaxOf(property).OfType<BasePropertyDeclarationSyntax>().FirstOrDefault()
            where syntax is not null
            orderby syntax.SpanStart
            select (property, syntax);

        foreach ((IPropertySymbol property, BasePropertyDeclarationSyntax syntax) in properties)
        {
            List<DeclaredAttribute> attributes = DeclaredAttribute.AllOn(property);
            DeclaredMember? member = UseReader.IsUse(property, syntax, attributes)
                ? UseReader.Read(model, property, syntax, attributes, code, parser, findings)
                : attributes.Count > 0 ? ReadLayer(model, property, syntax, attributes, code, findings) : null;
            if (member is not null)
                model.Add(member);
        }

        RequireOneDeclaration(model, code, findings);
        if (findings.IsBroken)
            return;
        if (model.IsBlock && model.Layers.Count == 0)
            findings.Add(DeclarationRules.NoLayers, code.LocationOf(model.Type), model.Name, "block has no layer", "one", 64, "Hidden");
        else if (!model.IsBlock && !model.Linears.Any())
            findings.Add(DeclarationRules.NoLayers, code.LocationOf(model.Type), model.Name, "model has no Linear layer", "its output layer", 10, "Logits");
    }

    private static DeclaredLayer? ReadLayer(
        DeclaredModel model, IPropertySymbol property, BasePropertyDeclarationSyntax syntax, List<DeclaredAttribute> attributes,
        UserCode code, Findings findings)
    {
        string subject = model.SubjectOf(property);
        DeclaredAttribute[] kinds = [.. attributes.Where(attribute => LayerKinds.Find(attribute.Name) is not null)];
        DeclaredAttribute[] activations = [.. attributes.Where(IsActivation)];
        bool isActivation = kinds.Length == 0 && activations.Length > 0
            && property.Type.ToDisplayString(NullableFlowState.None) == $"{AttributeNames.Namespace}.{LayerKinds.Activation.Name}";
        LayerKind? kind = isActivation ? LayerKinds.Activation : kinds.Length == 0 ? null : LayerKinds.Find(kinds[0].Name);
        if (kind is null)
        {
            RequireAllowed(attributes, subject, kind, findings);
            return null;
        }

        if (kinds.Length > 1)
        {
            if (kinds[0].Name != kinds[1].Name)
                findings.Add(LayerRules.TwoLayers, kinds[1].Location, subject, kinds[0].Name, kinds[1].Name);
            findings.MarkBroken();
            return null;
        }

        DeclaredAttribute declaring = isActivation ? activations[0] : kinds[0];
        PropertyShape.Require(property, syntax, declaring.Name, kind.Name, code, subject, findings);
        RequireAllowed(attributes, subject, kind, findings);
        var declared = new LayerProperty(property, syntax, declaring, attributes, model);
        DeclaredLayer layer = kind.Read(declared, findings);
        layer.From = kind.ReadSources(declared, findings);
        if (kind.AllowsActivation)
            ReadActivation(layer, kind, activations, findings);
        if (kind.AllowsExpansion && layer is ExpandableLayer expandable && attributes.Find(attribute => attribute.Name == AttributeNames.Expand) is { } expand)
        {
            expandable.OverridesExpansion = true;
            expandable.OwnExpansion = ExpansionReader.Read(expand, subject, findings);
        }

        return layer;
    }

    private static void ReadActivation(DeclaredLayer layer, LayerKind kind, DeclaredAttribute[] activations, Findings findings)
    {
        foreach (DeclaredAttribute other in activations.Where(activation => activation != layer.Attribute && activation.Has(AttributeNames.From)))
        {
            findings.AddFixable(
                GraphRules.FromOfActivation, other.LocationOfWhole(AttributeNames.From), FixData.Remove, FixData.Argument,
                layer.Subject, other.Name, kind.Name);
        }

        if (activations.Length > 1)
        {
            findings.AddFixable(
                LayerRules.TwoActivations, activations[1].Location, FixData.Remove, FixData.Activation,
                layer.Subject, activations[0].Name, activations[1].Name);
        }
        else if (activations.Length == 1)
        {
            layer.ActivationAttribute = activations[0];
            layer.Activation = ReadFunction(activations[0], layer.Subject, findings);
        }
    }

    private static ElementFunction ReadFunction(DeclaredAttribute attribute, string subject, Findings findings)
    {
        ActivationFunction kind = Activations[attribute.Name];
        if (kind != ActivationFunction.LeakyRelu)
            return kind;
        if (attribute.Value(SlopeArgument, ElementFunction.UsualSlope) is not { } slope)
            findings.MarkBroken();
        else if (ElementFunction.IsSlope(slope))
            return ElementFunction.LeakyRelu(slope);
        else
            findings.Add(LayerRules.Slope, attribute.LocationOf(SlopeArgument), subject, slope);
        return kind;
    }

    /// <param name="attributes">The attributes of the property.</param>
    /// <param name="subject">The property, for messages.</param>
    /// <param name="kind">The kind of the layer; null if it is not a layer.</param>
    /// <param name="findings">Receives the attributes that such a layer cannot have.</param>
    private static void RequireAllowed(List<DeclaredAttribute> attributes, string subject, LayerKind? kind, Findings findings)
    {
        foreach (DeclaredAttribute attribute in attributes)
        {
            Func<LayerKind, bool>? allow =
                IsActivation(attribute) ? allowing => allowing.AllowsActivation
                : attribute.Name is AttributeNames.Expand or AttributeNames.Clause ? allowing => allowing.AllowsExpansion
                : null;
            if (allow is null || (kind is not null && allow(kind)))
                continue;

            if (attribute.Name == AttributeNames.Expand && kind?.WhyNotExpanded is { } reason)
            {
                findings.Add(ExpansionRules.SingleChannels, attribute.Location, subject, reason, "remove [Expand]");
                continue;
            }

            string meant = LayerKinds.Names(allow);
            findings.Add(
                LayerRules.OtherLayer, attribute.Location, subject, attribute.Name, meant,
                kind is null ? "property is not a layer" : $"is {Words.WithArticle(kind.Name)} layer",
                kind is null ? $"add [Linear(neurons)] to it{(IsActivation(attribute) ? ", or give it the type Activation" : string.Empty)}" : $"move it to the intended {meant} layer");
        }
    }

    private static bool IsActivation(DeclaredAttribute attribute) => Activations.ContainsKey(attribute.Name);

    private static void RequireOneDeclaration(DeclaredModel model, UserCode code, Findings findings)
    {
        foreach (DeclaredMember member in model.Members.Skip(1))
        {
            DeclaredMember first = model.Members[0];
            if (member.Syntax.Parent == first.Syntax.Parent)
                continue;
            findings.Add(DeclarationRules.SpreadLayers, code.LocationOf(member.Property), member.Subject, first.Subject);
            return;
        }
    }
}
