using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Declarations;

/// <summary>A property that declares a layer.</summary>
/// <param name="Symbol">The property.</param>
/// <param name="Syntax">Its declaration.</param>
/// <param name="Layer">The attribute that makes it a layer.</param>
/// <param name="Attributes">All attributes of the language on it.</param>
/// <param name="Owner">The model or block, in one use, to which it belongs.</param>
internal sealed record LayerProperty(
    IPropertySymbol Symbol, BasePropertyDeclarationSyntax Syntax, DeclaredAttribute Layer, IReadOnlyList<DeclaredAttribute> Attributes, DeclaredModel Owner)
{
    /// <summary>The path of the layer.</summary>
    public string Name => Owner.PathOf(Symbol);

    /// <summary>The model and path, for messages.</summary>
    public string Subject => Owner.SubjectOf(Symbol);

    /// <summary>Returns the attributes with a name.</summary>
    public IEnumerable<DeclaredAttribute> Named(string name) => Attributes.Where(attribute => attribute.Name == name);
}
