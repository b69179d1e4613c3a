using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Architecture.Tests;

/// <summary>Where modules name each other's types and members, also without a word (<c>new(…)</c>).</summary>
/// <remarks>
/// Comments do not count: a contract may mention who implements it. Whatever a type inherits belongs to the type that declares it.
/// A type whose parts stand in several modules is the first one's; members are where they are written.
/// </remarks>
public sealed class Usage
{
    /// <summary>What this project names of its package means nothing here: the package cannot be had everywhere.</summary>
    private const string PartlyUnderstood = "Fpe.TorchSharp";

    private readonly ConcurrentBag<ModuleUse> uses = [];
    private readonly ConcurrentBag<string> unbound = [];
    private readonly Dictionary<string, Module> modules = [];
    private readonly HashSet<string> types = [];
    private readonly HashSet<string> names = [];

    public Usage()
    {
        SyntaxTree[] files = [.. SourceProject.All.SelectMany(project => project.Files).DistinctBy(tree => tree.FilePath)];
        foreach (SyntaxTree tree in files)
        {
            modules[tree.FilePath] = Module.Of(tree.FilePath);
            Declare(tree.GetRoot());
        }

        foreach (SourceProject project in SourceProject.All)
            Parallel.ForEach(project.Files, tree => Read(tree, project));
        Uses = [.. uses.Distinct().OrderBy(use => use.File, StringComparer.Ordinal).ThenBy(use => use.Line)];
        Unbound = [.. unbound.Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Every use, in order of file and line.</summary>
    internal ImmutableArray<ModuleUse> Uses { get; }

    /// <summary>Names of types of src that mean nothing here, so that a use may have been missed.</summary>
    internal ImmutableArray<string> Unbound { get; }

    /// <summary>Only names that are declared in src can name something in it, and they are few of all.</summary>
    private void Declare(SyntaxNode root)
    {
        foreach (SyntaxNode node in root.DescendantNodes())
        {
            switch (node)
            {
                case BaseTypeDeclarationSyntax type:
                    types.Add(type.Identifier.ValueText);
                    names.Add(type.Identifier.ValueText);
                    break;
                case DelegateDeclarationSyntax type:
                    types.Add(type.Identifier.ValueText);
                    names.Add(type.Identifier.ValueText);
                    break;
                case MethodDeclarationSyntax method:
                    names.Add(method.Identifier.ValueText);
                    break;
                case PropertyDeclarationSyntax property:
                    names.Add(property.Identifier.ValueText);
                    break;
                case EnumMemberDeclarationSyntax member:
                    names.Add(member.Identifier.ValueText);
                    break;
                case VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } field:
                    names.Add(field.Identifier.ValueText);
                    break;
                case ParameterSyntax { Parent.Parent: RecordDeclarationSyntax } property:
                    names.Add(property.Identifier.ValueText);
                    break;
                case UsingDirectiveSyntax { Alias: { } alias }:
                    names.Add(alias.Name.Identifier.ValueText);
                    break;
            }
        }
    }

    private void Read(SyntaxTree tree, SourceProject project)
    {
        SemanticModel model = project.Compilation.GetSemanticModel(tree);
        Module module = modules[tree.FilePath];
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
        {
            if (node is not ImplicitObjectCreationExpressionSyntax && (node is not SimpleNameSyntax name || !names.Contains(name.Identifier.ValueText)))
                continue;
            SymbolInfo found = model.GetSymbolInfo(node);
            ISymbol? symbol = found.Symbol ?? found.CandidateSymbols.FirstOrDefault();
            if (symbol is null && project.Name != PartlyUnderstood && node is SimpleNameSyntax type && types.Contains(type.Identifier.ValueText) && IsFirst(type))
                unbound.Add($"{Place(node)}: {type}");
            if (symbol is not null && TypeOf(symbol) is { } used && Declaring(symbol, used) is { } other && other != module)
                uses.Add(new ModuleUse(module.Name, other.Name, used.Name, Repository.NameOf(tree.FilePath), Line(node)));
        }
    }

    /// <summary>Whether a name stands alone or before a dot.</summary>
    private static bool IsFirst(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name,
        QualifiedNameSyntax qualified => qualified.Left == name,
        MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax or AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } => false,
        _ => true,
    };

    private static INamedTypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol type => type.OriginalDefinition,
        IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol => symbol.ContainingType?.OriginalDefinition,
        _ => null,
    };

    private Module? Declaring(ISymbol symbol, INamedTypeSymbol type)
    {
        ISymbol declared = (symbol as IMethodSymbol)?.ReducedFrom ?? symbol;
        ImmutableArray<SyntaxReference> parts = declared.OriginalDefinition.DeclaringSyntaxReferences;
        return (parts.IsEmpty ? type.DeclaringSyntaxReferences : parts)
            .Select(part => modules.GetValueOrDefault(part.SyntaxTree.FilePath))
            .MinBy(module => module is null ? int.MaxValue : Position(module));
    }

    private static int Position(Module module) => ArchitectureDocument.Modules.TakeWhile(other => other != module).Count();

    private static int Line(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    private static string Place(SyntaxNode node) => $"{Repository.NameOf(node.SyntaxTree.FilePath)}({Line(node)})";
}
