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
/// Reads a class with <c>[Model]</c> or <c>[Block]</c> and checks it. The generator uses the model and the errors, and the analyzer uses the
/// warnings, so the rules of the language are in one place.
/// </summary>
internal sealed class ModelParser
{
    private readonly CSharpCompilation compilation;
    private readonly CancellationToken cancellation;

    /// <summary>The blocks that the class uses, directly or through others, each on its own.</summary>
    private readonly Dictionary<INamedTypeSymbol, ParsedModel> blocks = new(SymbolEqualityComparer.Default);

    private ModelParser(CSharpCompilation compilation, CancellationToken cancellation)
    {
        this.compilation = compilation;
        this.cancellation = cancellation;
    }

    public static ParsedModel Parse(INamedTypeSymbol type, CSharpCompilation compilation, CancellationToken cancellation) =>
        new ModelParser(compilation, cancellation).Parse(type);

    /// <summary>Whether a block has no source in this project, so that its layers cannot be read.</summary>
    public bool IsForeign(INamedTypeSymbol block) => !SymbolEqualityComparer.Default.Equals(block.ContainingAssembly, compilation.Assembly);

    /// <summary>Parses a block on its own.</summary>
    public ParsedModel ParseBlock(INamedTypeSymbol block)
    {
        INamedTypeSymbol type = block.OriginalDefinition;
        if (!blocks.TryGetValue(type, out ParsedModel parsed))
            blocks.Add(type, parsed = Parse(type));
        return parsed;
    }

    /// <summary>Reads a block without errors for one use.</summary>
    /// <param name="block">The block.</param>
    /// <param name="model">The class that uses it.</param>
    /// <param name="use">The property that uses it, with an index if it is repeated.</param>
    public DeclaredModel ReadUse(INamedTypeSymbol block, DeclaredModel model, string use)
    {
        cancellation.ThrowIfCancellationRequested();
        INamedTypeSymbol type = block.OriginalDefinition;
        List<DeclaredAttribute> attributes = DeclaredAttribute.AllOn(type);
        DeclaredModel copy = model.Use(type, AttributeOf(attributes), use);
        Read(copy, attributes, UserCode.Of(type), new Findings());
        return copy;
    }

    private static DeclaredAttribute AttributeOf(List<DeclaredAttribute> attributes) =>
        attributes.Find(attribute => attribute.Name is AttributeNames.Model or AttributeNames.Block);

    private ParsedModel Parse(INamedTypeSymbol type)
    {
        var findings = new Findings();
        var code = UserCode.Of(type);
        if (compilation.LanguageVersion < LanguageVersion.CSharp13)
        {
            findings.Add(DeclarationRules.LanguageVersion, code.LocationOf(type), type.Name, compilation.LanguageVersion.ToDisplayString());
            return new ParsedModel(null, findings.All);
        }

        List<DeclaredAttribute> attributes = DeclaredAttribute.AllOn(type);
        var model = new DeclaredModel(type, AttributeOf(attributes));
        TypeSpec? spec = TypeReader.Read(model, code, findings, out bool canBeModel);
        cancellation.ThrowIfCancellationRequested();

        Read(model, attributes, code, findings);
        cancellation.ThrowIfCancellationRequested();

        var inherited = InheritedMembers.Of(model.IsBlock ? type.BaseType : compilation.GetTypeByMetadataName(AttributeNames.RuntimeModelMetadataName));
        (bool constructorsAreFree, bool namesAreFree) = NameCheck.Run(model, type, inherited, code, findings);
        canBeModel &= constructorsAreFree;
        LayerNameCheck.Run(model, findings);
        LayerConnector.Connect(model, findings);
        ApplyDefaults(model);
        Check(model, code.LocationOf(type), findings);

        if (findings.IsBroken)
            EnumNameCheck.Run(type, code, compilation, findings);
        EmittedType? emitted = spec is null ? null
            : findings.IsBroken ? BrokenModelReader.Read(spec, model, canBeModel, canBeModel && namesAreFree, code)
            : SpecBuilder.Build(spec, model, new FreeNames(type, inherited, code, model));
        return new ParsedModel(emitted, [.. RepeatedFindings.Remove(findings.All, blocks.Values.SelectMany(block => block.Findings))]);
    }

    /// <summary>Reads the attributes and members of a model or block.</summary>
    private void Read(DeclaredModel model, List<DeclaredAttribute> attributes, UserCode code, Findings findings)
    {
        ReadAttributes(model, attributes, findings);
        LayerReader.Read(model, code, this, findings);
        SampleReader.ReadInputs(model, findings);
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
                    model.OwnsDefaultExpansion = true;
                    model.DefaultExpansion = ExpansionReader.Read(attribute, model.Name, findings);
                    break;
                case AttributeNames.Clause:
                    model.Clauses.Add(attribute);
                    break;
                case AttributeNames.NonZeroBudget:
                    model.Budget = DeclaredBudget.Read(attribute, model.Name, findings);
                    break;
                case AttributeNames.ByteBudget:
                    model.ByteBudget = DeclaredByteBudget.Read(attribute, model.Name, findings);
                    break;
            }
        }
    }

    /// <summary>Applies the attributes of the classes to the layers without their own.</summary>
    private static void ApplyDefaults(DeclaredModel model)
    {
        // Whatever uses a block reads its output, so that no neurons of a block on its own are those of a model's outputs.
        foreach (ExpandableLayer layer in model.Expandable.Where(layer => model.IsBlock && layer.IsOutput))
            (layer.IsOutput, layer.LeavesBlock, layer.Readers) = (false, true, []);

        foreach (ExpandableLayer layer in model.Expandable)
        {
            if (layer.IsOutput)
                layer.Expansion = layer.OwnExpansion is { Factor: 1, LearnsEdges: true } own ? own : null;
            else
                layer.Expansion = layer.OverridesExpansion || !layer.TakesDefault || layer.NarrowReader is not null ? layer.OwnExpansion : layer.Owner.NearestExpansion;
        }

        foreach (DeclaredModel part in model.Parts.Reverse())
        {
            if (part.Linears.FirstOrDefault() is { Clauses.Count: 0 } first)
                first.Clauses = part.Clauses;
        }
    }

    /// <summary>Checks what depends on several layers, if the sizes are known.</summary>
    private static void Check(DeclaredModel model, Location name, Findings findings)
    {
        if (model.Layers.Count == 0 || (!model.IsBlock && !model.Linears.Any())
            || model.Layers.Any(layer => layer.Output is null) || model.Expandable.Any(layer => layer.Inputs == 0 || layer.Neurons == 0))
        {
            return;
        }

        ExpansionCheck.Run(model, findings);
        ClauseReader.Read(model, findings);
        ClauseCheck.Run(model, findings);
        if (findings.IsBroken)
            return;
        EffectCheck.Run(model, findings);
        ShareCheck.Run(model, findings);
        StorageCheck.Run(model, findings);
        if (findings.IsBroken)
            return;

        ModelGraph graph = model.Graph;
        BlockBudgetCheck.Run(model, graph, findings);
        ByteBudgetCheck.RunOnBlock(model, findings);
        if (model.IsBlock)
        {
            ActivationCheck.Run(model, findings);
            return;
        }

        SumCheck.Run(model, graph, findings);
        GroupCheck.Run(model, graph, findings);
        if (findings.IsBroken)
            return;
        CountCheck.Run(model, graph, name, findings);
        if (findings.IsBroken)
            return;
        ByteBudgetCheck.Run(model, findings);
        ActivationCheck.Run(model, findings);
    }
}
