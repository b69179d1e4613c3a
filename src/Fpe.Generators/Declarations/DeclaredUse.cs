using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Declarations;

/// <summary>A property that uses a block once, or several times in sequence.</summary>
internal sealed class DeclaredUse(
    string name, string subject, IPropertySymbol property, BasePropertyDeclarationSyntax syntax, INamedTypeSymbol block, DeclaredAttribute? repeat)
    : DeclaredMember
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Subject => subject;

    /// <inheritdoc/>
    public override IPropertySymbol Property => property;

    /// <inheritdoc/>
    public override BasePropertyDeclarationSyntax Syntax => syntax;

    /// <inheritdoc/>
    public override DeclaredLayer? Last => Copies.Count == 0 ? null : Copies[Copies.Count - 1].Last;

    /// <summary>The class of the block.</summary>
    public INamedTypeSymbol Block => block;

    /// <summary>The <c>[Repeat]</c> attribute; null for a single use.</summary>
    public DeclaredAttribute? Repeat => repeat;

    /// <summary>The block as declared, once for each use; empty if it cannot be used because of an error.</summary>
    public IReadOnlyList<DeclaredModel> Copies { get; set; } = [];

    /// <summary>The layers of all uses.</summary>
    public IEnumerable<DeclaredLayer> Layers => Copies.SelectMany(copy => copy.Layers);
}
