using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Fpe.Generators.Checks;
using Fpe.Generators.Declarations;
using Fpe.Generators.Model;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Parsing;

/// <summary>
/// Reads a class with <c>[Model]</c> and checks it. The generator uses the model and the errors, and the analyzer uses the warnings, so the
/// rules of the language are in one place.
/// </summary>
internal static class ModelParser
{
    public static ParsedModel Parse(INamedTypeSymbol type, CSharpCompilation compilation, CancellationToken cancellation)
    {
        var findings = new Findings();
        var code = UserCode.Of(type);
        if (compilation.LanguageVersion < LanguageVersion.CSharp13)
        {
            findings.Add(DeclarationRules.LanguageVersion, code.LocationOf(type), type.Name, compilation.LanguageVersion.ToDisplayString());
            return new ParsedModel(null, findings.All);
        }

        TypeSpec? spec = TypeReader.Read(type, code, findings, out bool canBeModel);
        cancellation.ThrowIfCancellationRequested();

        List<DeclaredAttribute> attributes = DeclaredAttribute.AllOn(type);
        var model = new DeclaredModel(type.Name, attributes.Find(attribute => attribute.Name == AttributeNames.Model));
        ReadAttributes(model, attributes, findings);
        LayerReader.Read(model, type, code, findings);
        SampleReader.ReadInputs(model, findings);
        cancellation.ThrowIfCancellationRequested();

        var inherited = InheritedMembers.Of(compilation.GetTypeByMetadataName(AttributeNames.RuntimeModelMetadataName));
        (bool constructorsAreFree, bool namesAreFree) = NameCheck.Run(model, type, inherited, code, findings);
        canBeModel &= constructorsAreFree;
        LayerNameCheck.Run(model, findings);
        LayerConnector.Connect(model, findings);
        ApplyDefaults(model);
        Check(model, code.LocationOf(type), findings);

        if (findings.IsBroken)
            EnumNameCheck.Run(type, code, compilation, findings);
        EmittedType? emitted = spec is null ? null
            : findings.IsBroken ? BrokenModelReader.Read(spec, canBeModel, canBeModel && namesAreFree, model.HasImages, model.HasTables, type, code)
            : SpecBuilder.Build(spec, model, new FreeNames(type, inherited, code, model));
        return new ParsedModel(emitted, findings.All);
    }

    private static void ReadAttributes(DeclaredModel model, List<DeclaredAttribute> attributes, Findings findings)
    {
        SampleReader.Read(model, findings);
        if (model.Attribute.Value(AttributeNames.CountBiases, false) is { } countBiases)
            model.CountBiases = countBiases;
        else
            findings.MarkBroken();

        foreach (DeclaredAttribute attribute in attributes)
        {
            switch (attribute.Name)
            {
                case AttributeNames.Expand:
                    model.DefaultExpansion = ExpansionReader.Read(attribute, model.Name, findings);
                    break;
                case AttributeNames.Clause:
                    model.Clauses.Add(attribute);
                    break;
                case AttributeNames.NonZeroBudget:
                    model.Budget = DeclaredBudget.Read(attribute, model.Name, findings);
                    break;
            }
        }
    }

    /// <summary>Applies the class's attributes to the layers without their own.</summary>
    private static void ApplyDefaults(DeclaredModel model)
    {
        foreach (ExpandableLayer layer in model.Expandable)
        {
            if (layer.IsOutput)
                layer.Expansion = layer.OwnExpansion is { Factor: 1, LearnsEdges: true } own ? own : null;
            else
                layer.Expansion = layer.OverridesExpansion || !layer.TakesDefault || layer.NarrowReader is not null ? layer.OwnExpansion : model.DefaultExpansion;
        }

        if (model.Linears.FirstOrDefault() is { Clauses.Count: 0 } first)
            first.Clauses = model.Clauses;
    }

    /// <summary>Checks what depends on several layers, if the sizes are known.</summary>
    private static void Check(DeclaredModel model, Location name, Findings findings)
    {
        if (!model.Linears.Any() || model.Layers.Any(layer => layer.Output is null) || model.Expandable.Any(layer => layer.Inputs == 0 || layer.Neurons == 0))
            return;

        ExpansionCheck.Run(model, findings);
        ClauseReader.Read(model, findings);
        ClauseCheck.Run(model, findings);
        if (findings.IsBroken)
            return;
        EffectCheck.Run(model, findings);
        StorageCheck.Run(model, findings);
        if (findings.IsBroken)
            return;

        ModelGraph graph = model.Graph;
        SumCheck.Run(model, graph, findings);
        if (findings.IsBroken)
            return;
        CountCheck.Run(model, graph, name, findings);
        if (findings.IsBroken)
            return;
        ActivationCheck.Run(model, findings);
    }
}
