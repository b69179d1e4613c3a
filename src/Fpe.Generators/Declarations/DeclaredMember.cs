using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Declarations;

/// <summary>A property of a model or block that declares a layer or uses a block.</summary>
internal abstract class DeclaredMember
{
    /// <summary>The path from the model: the name of the property or, in a use of a block, a path like <c>Blocks.3.Hidden</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The model and path, for messages.</summary>
    public abstract string Subject { get; }

    public abstract IPropertySymbol Property { get; }

    public abstract BasePropertyDeclarationSyntax Syntax { get; }

    /// <summary>The layer whose value other members read by the name of this one; null if unknown.</summary>
    public abstract DeclaredLayer? Last { get; }

    /// <summary>The location of the name.</summary>
    public Location NameLocation => Syntax is PropertyDeclarationSyntax syntax ? syntax.Identifier.GetLocation() : Property.Locations[0];

    /// <summary>The values that it reads by name; empty if it reads the previous member.</summary>
    public IReadOnlyList<DeclaredSource> From { get; set; } = [];
}
