using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Declarations;

/// <summary>
/// The members that models inherit. They are looked up once for each version of the base class, since they are needed for every model after
/// every keystroke.
/// </summary>
internal sealed class InheritedMembers
{
    private static readonly ConditionalWeakTable<INamedTypeSymbol, InheritedMembers> Known = new();

    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> visible = new(StringComparer.Ordinal);

    private InheritedMembers(INamedTypeSymbol? baseClass)
    {
        for (INamedTypeSymbol? type = baseClass; type is not null; type = type.BaseType)
        {
            string owner = type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);
            foreach (ISymbol member in type.GetMembers())
            {
                names.Add(member.Name);
                if (member.CanBeReferencedByName && member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal)
                    visible[member.Name] = $"{owner}.{member.Name}";
            }
        }
    }

    /// <summary>The members of a base class and of its own base classes; none if there is no such class.</summary>
    public static InheritedMembers Of(INamedTypeSymbol? baseClass) =>
        baseClass is null ? new InheritedMembers(null) : Known.GetValue(baseClass, key => new InheritedMembers(key));

    /// <summary>Whether a member has this name, also one that a model cannot see.</summary>
    public bool Contains(string name) => names.Contains(name);

    /// <summary>Finds a member that a model can see.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="member">Its class and name, for messages.</param>
    public bool TryFind(string name, out string member) => visible.TryGetValue(name, out member);
}
