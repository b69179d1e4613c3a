using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Declarations;

/// <summary>
/// The part of a class that its author wrote. The analyzer sees the class with the emitted members and the generator sees
/// it without; reading through this, both see the same.
/// </summary>
internal sealed class UserCode
{
    private readonly HashSet<SyntaxTree> emitted;

    private UserCode(HashSet<SyntaxTree> emitted) => this.emitted = emitted;

    /// <summary>Finds out which files of a model class are emitted: those that carry the generator's mark on the class.</summary>
    public static UserCode Of(INamedTypeSymbol type)
    {
        var emitted = new HashSet<SyntaxTree>();
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "GeneratedCodeAttribute"
                && attribute.ConstructorArguments.FirstOrDefault().Value is GeneratorIdentity.Name
                && attribute.ApplicationSyntaxReference is { } reference)
            {
                emitted.Add(reference.SyntaxTree);
            }
        }

        return new UserCode(emitted);
    }

    /// <summary>The declarations of a type, but for emitted ones.</summary>
    public IEnumerable<TypeDeclarationSyntax> DeclarationsOf(INamedTypeSymbol type) =>
        SyntaxOf(type).OfType<TypeDeclarationSyntax>();

    /// <summary>The syntax of a symbol, but for emitted parts.</summary>
    public IEnumerable<SyntaxNode> SyntaxOf(ISymbol symbol) =>
        PartsOf(symbol).Select(part => part.GetSyntax());

    /// <summary>The members of a type, but for emitted ones and those the compiler adds.</summary>
    public IEnumerable<ISymbol> MembersOf(INamedTypeSymbol type) =>
        type.GetMembers().Where(member => !member.IsImplicitlyDeclared && PartsOf(member).Any());

    /// <summary>Where the name of a symbol stands.</summary>
    public Location LocationOf(ISymbol symbol) =>
        symbol.Locations.FirstOrDefault(location => location.SourceTree is { } tree && !emitted.Contains(tree)) ?? Location.None;

    private IEnumerable<SyntaxReference> PartsOf(ISymbol symbol) => symbol.DeclaringSyntaxReferences.Where(part => !emitted.Contains(part.SyntaxTree));
}
