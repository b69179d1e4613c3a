using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Kinds;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Parsing;

/// <summary>Reads the properties of a class that use blocks.</summary>
internal static class UseReader
{
    /// <summary>The maximum number of layers that a property can add, so that the compiler stays responsive.</summary>
    public const int MaximumLayers = 4096;

    private const string List = "IReadOnlyList";

    /// <summary>
    /// Whether a property uses a block. Code of the user's that returns a block, such as <c>Residual First => Blocks[0]</c>, does not.
    /// </summary>
    public static bool IsUse(IPropertySymbol property, BasePropertyDeclarationSyntax syntax, IReadOnlyList<DeclaredAttribute> attributes) =>
        attributes.Any(attribute => attribute.Name is AttributeNames.Repeat or AttributeNames.Use)
        || (BlockOf(property.Type, out bool isList) is { } block && (isList || block.Equals(property.Type, SymbolEqualityComparer.Default))
            && (syntax.Modifiers.Any(SyntaxKind.PartialKeyword) || !HasBody(syntax)));

    /// <summary>Reads a property that uses a block; returns null if it is not known which.</summary>
    public static DeclaredUse? Read(
        DeclaredModel model, IPropertySymbol property, BasePropertyDeclarationSyntax syntax, List<DeclaredAttribute> attributes,
        UserCode code, ModelParser parser, Findings findings)
    {
        string subject = model.SubjectOf(property);
        DeclaredAttribute? repeat = attributes.Find(attribute => attribute.Name == AttributeNames.Repeat);
        if (ReadBlock(property, syntax, attributes, repeat, subject, findings) is not { } block)
            return null;

        PropertyShape.RequireDeclaration(
            property, syntax, "use of a block", repeat is null ? block.Name : $"{List}<{block.Name}>", code, subject, findings);
        var use = new DeclaredUse(model.PathOf(property), subject, property, syntax, block, repeat)
        {
            From = ReadSource(repeat ?? attributes.Find(attribute => attribute.Name == AttributeNames.Use), findings),
        };
        int times = repeat is null ? 1 : PositiveSize.Read(repeat, AttributeNames.Times, "the number of repeats", subject, findings);
        if (times > 0 && IsUsable(block, model, subject, syntax, parser, findings))
            use.Copies = [.. Copy(use, model, times, parser, findings)];
        return use;
    }

    /// <summary>Returns the block; null if attributes and type do not fit together.</summary>
    private static INamedTypeSymbol? ReadBlock(
        IPropertySymbol property, BasePropertyDeclarationSyntax syntax, List<DeclaredAttribute> attributes, DeclaredAttribute? repeat,
        string subject, Findings findings)
    {
        INamedTypeSymbol? block = BlockOf(property.Type, out bool isList);
        bool fits = block is not null && property.NullableAnnotation != NullableAnnotation.Annotated
            && (repeat is null ? block.Equals(property.Type, SymbolEqualityComparer.Default) : isList);
        DeclaredAttribute? use = attributes.Find(attribute => attribute.Name == AttributeNames.Use);
        if (attributes.Find(attribute => attribute != repeat && attribute != use) is { } other)
        {
            string meant = LayerKinds.Find(other.Name)?.Name
                ?? LayerKinds.Names(kind => other.Name is AttributeNames.Expand or AttributeNames.Clause ? kind.AllowsExpansion : kind.AllowsActivation);
            findings.Add(LayerRules.OtherLayer, other.Location, subject, other.Name, meant, "is a use of a block", "move it into the block");
            return null;
        }

        if (fits && (repeat is null || use is null))
            return block;
        if (property.Type.TypeKind == TypeKind.Error)
        {
            findings.MarkBroken();
            return null;
        }

        string accessibility = SyntaxFacts.GetText(property.DeclaredAccessibility);
        string name = property.IsIndexer ? "Blocks" : Identifier.Escape(property.Name);
        string type = block?.Name ?? "TBlock";
        string single = $"'{accessibility} partial {type} {name} {{ get; }}'";
        string list = $"'{accessibility} partial {List}<{type}> {name} {{ get; }}'";
        string classes = block is null ? ", where TBlock is a class with [Block] that declares the layers" : string.Empty;
        (string problem, string remedy) = (repeat, use) switch
        {
            (not null, not null) => ("[Repeat] and [Use] exclude each other", "remove [Use]"),
            (not null, null) => ($"[Repeat] uses a list of blocks, but the type is {syntax.Type}", $"declare it as {list}{classes}"),
            _ when isList => ($"a list of blocks needs the number of uses", $"add [Repeat(2)], or another number"),
            (null, not null) => ($"[Use] uses a block, but the type is {syntax.Type}", $"declare it as {single}{classes}"),
            _ => ($"the type is {syntax.Type}, but a block is never null", $"declare it as {single}"),
        };
        findings.Add(BlockRules.UseType, syntax.Type.GetLocation(), subject, problem, remedy);
        return null;
    }

    private static IReadOnlyList<DeclaredSource> ReadSource(DeclaredAttribute? attribute, Findings findings)
    {
        bool isReadable = true;
        DeclaredSource? source = attribute?.Text(AttributeNames.From, out isReadable);
        if (!isReadable)
            findings.MarkBroken();
        return source is null ? [] : [source];
    }

    /// <summary>Whether the layers of a block can be read. Its own errors are reported where it is declared, and not repeated here.</summary>
    private static bool IsUsable(
        INamedTypeSymbol block, DeclaredModel model, string subject, BasePropertyDeclarationSyntax syntax, ModelParser parser, Findings findings)
    {
        if (model.Root != model) // only blocks without errors are read for a use
            return true;
        if (parser.IsForeign(block))
        {
            findings.Add(
                BlockRules.UseType, syntax.Type.GetLocation(), subject,
                $"{block.Name} is declared in {block.ContainingAssembly.Name}, and a block can be used only in the project that declares it",
                "add its source file to this project");
            return false;
        }

        if (PathTo(model.Type, block) is { } path)
        {
            findings.Add(BlockRules.ContainsItself, syntax.Type.GetLocation(), subject, string.Join(" → ", path.Select(type => type.Name)));
            return false;
        }

        if (!parser.ParseBlock(block).IsBroken)
            return true;
        findings.MarkBroken();
        return false;
    }

    /// <summary>Returns the blocks through which a class is reached from its own use of a block; null if it is not.</summary>
    private static IReadOnlyList<INamedTypeSymbol>? PathTo(INamedTypeSymbol goal, INamedTypeSymbol from)
    {
        var visited = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        return Search(from) is { } path ? [goal, .. path] : null;

        IReadOnlyList<INamedTypeSymbol>? Search(INamedTypeSymbol block)
        {
            if (SymbolEqualityComparer.Default.Equals(block.OriginalDefinition, goal.OriginalDefinition))
                return [block];
            if (!visited.Add(block.OriginalDefinition))
                return null;
            return UsedBy(block)
                .Select(Search)
                .Where(path => path is not null)
                .Select(path => (IReadOnlyList<INamedTypeSymbol>)[block, .. path!])
                .FirstOrDefault();
        }
    }

    private static IEnumerable<INamedTypeSymbol> UsedBy(INamedTypeSymbol block)
    {
        var code = UserCode.Of(block);
        return
            from property in code.MembersOf(block).OfType<IPropertySymbol>()
            let syntax = code.SyntaxOf(property).OfType<BasePropertyDeclarationSyntax>().FirstOrDefault()
            where syntax is not null && IsUse(property, syntax, DeclaredAttribute.AllOn(property))
            let used = BlockOf(property.Type, out _)
            where used is not null
            select used;
    }

    private static IEnumerable<DeclaredModel> Copy(DeclaredUse use, DeclaredModel model, int times, ModelParser parser, Findings findings)
    {
        string name = use.Property.Name;
        DeclaredModel first = parser.ReadUse(use.Block, model, use.Repeat is null ? name : $"{name}.0");
        long layers = (long)first.Layers.Count * times;
        if (layers > MaximumLayers)
        {
            findings.Add(
                BlockRules.TooManyLayers, use.Repeat?.LocationOf(AttributeNames.Times) ?? use.Syntax.Type.GetLocation(), use.Subject,
                Words.Count(times, "use"), use.Block.Name, Words.Count(first.Layers.Count, "layer"), layers, MaximumLayers);
            yield break;
        }

        yield return first;
        for (int i = 1; i < times; i++)
            yield return parser.ReadUse(use.Block, model, $"{name}.{i}");
    }

    /// <summary>Returns the block that a type is, or is a list of; null if there is none.</summary>
    private static INamedTypeSymbol? BlockOf(ITypeSymbol type, out bool isList)
    {
        ITypeSymbol? element = type switch
        {
            IArrayTypeSymbol array => array.ElementType,
            INamedTypeSymbol { TypeArguments.Length: 1 } generic when !IsBlock(generic) => generic.TypeArguments[0],
            _ => null,
        };
        isList = type is INamedTypeSymbol { Name: List, Arity: 1 } list
            && list.ContainingNamespace.ToDisplayString() == "System.Collections.Generic";
        return (element ?? type) is INamedTypeSymbol named && IsBlock(named) ? named : null;
    }

    private static bool IsBlock(INamedTypeSymbol type) =>
        type.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == AttributeNames.BlockMetadataName);

    private static bool HasBody(BasePropertyDeclarationSyntax syntax) =>
        syntax is PropertyDeclarationSyntax { ExpressionBody: not null } or PropertyDeclarationSyntax { Initializer: not null }
        || syntax.AccessorList?.Accessors.Any(accessor => accessor.Body is not null || accessor.ExpressionBody is not null) == true;
}
