using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Declarations;

/// <summary>
/// The part of a class that its author wrote. The analyzer sees the class with the emitted members, the generator without them; through
/// this class, both see the same code.
/// </summary>
internal sealed class UserCode
{
    private readonly HashSet<SyntaxTree> emitted;

    private UserCode(HashSet<SyntaxTree> emitted) => this.emitted = emitted;

    /// <summary>Determines which files of a model class are emitted: those in which the class has the generator's attribute.</summary>
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

    /// <summary>Returns the declarations of a type, except emitted ones.</summary>
    public IEnumerable<TypeDeclarationSyntax> DeclarationsOf(INamedTypeSymbol type) =>
        SyntaxOf(type).OfType<TypeDeclarationSyntax>();

    /// <summary>Returns the syntax of a symbol, except emitted parts.</summary>
    public IEnumerable<SyntaxNode> SyntaxOf(ISymbol symbol) =>
        PartsOf(symbol).Select(part => part.GetSyntax());

    /// <summary>Returns the members of a type, except emitted ones and those that the compiler adds.</summary>
    public IEnumerable<ISymbol> MembersOf(INamedTypeSymbol type) =>
        type.GetMembers().Where(member => !member.IsImplicitlyDeclared && PartsOf(member).Any());

    /// <summary>Returns the location of a symbol's name.</summary>
    public Location LocationOf(ISymbol symbol) =>
        symbol.Locations.FirstOrDefault(location => location.SourceTree is { } tree && !emitted.Contains(tree)) ?? Location.None;

    private IEnumerable<SyntaxReference> PartsOf(ISymbol symbol) => symbol.DeclaringSyntaxReferences.Where(part => !emitted.Contains(part.SyntaxTree));
}
