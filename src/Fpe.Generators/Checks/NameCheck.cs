using System;
using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Checks;

/// <summary>Checks that no name in user code collides with an emitted member, and that no layer hides an inherited member.</summary>
internal static class NameCheck
{
    private const string Samples = "System.ReadOnlySpan<float>";
    private const string Results = "System.Span<float>";

    /// <summary>Checks the class, its members and its type parameters.</summary>
    /// <returns>Whether no constructor collides with the emitted ones, and whether no other name does.</returns>
    public static (bool ConstructorsAreFree, bool NamesAreFree) Run(DeclaredModel model, INamedTypeSymbol type, InheritedMembers inherited, UserCode code, Findings findings)
    {
        Dictionary<string, string> emitted = EmittedNames(model);
        var layers = new HashSet<string>(model.Members.Select(member => member.Name));
        (bool constructorsAreFree, bool namesAreFree) = (true, true);

        if (emitted.TryGetValue(type.Name, out string? own))
            Add(type, "the class", own);
        foreach (ITypeParameterSymbol parameter in type.TypeParameters)
        {
            if (emitted.TryGetValue(parameter.Name, out string? taken))
                Add(parameter, "a type parameter", taken);
        }

        foreach (ISymbol member in code.MembersOf(type))
        {
            bool isLayer = layers.Contains(member.Name) && member is IPropertySymbol;
            if (member is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor)
            {
                if (IsEmitted(constructor, model.IsBlock))
                {
                    constructorsAreFree = false;
                    Add(member, "a constructor", "the generated one with the same parameters", "change its parameters");
                }
            }
            else if (emitted.TryGetValue(member.Name, out string? taken) && !IsOverload(member))
            {
                Add(member, isLayer ? "the layer" : "a member", taken);
            }
            else if ((isLayer || (!model.IsBlock && MemberNames.Inherited.Contains(member.Name))) && inherited.TryFind(member.Name, out taken))
            {
                Add(member, isLayer ? "the layer" : "a member", taken);
            }
        }

        return (constructorsAreFree, namesAreFree);

        void Add(ISymbol symbol, string what, string taken, string remedy = "rename it")
        {
            namesAreFree &= symbol is IMethodSymbol { MethodKind: MethodKind.Constructor };
            findings.Add(
                DeclarationRules.NameCollision, code.LocationOf(symbol),
                layers.Contains(symbol.Name) ? $"{model.Name}.{symbol.Name}" : model.Name, what, taken, remedy);
        }
    }

    private static Dictionary<string, string> EmittedNames(DeclaredModel model)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string constant in model.Constants)
            names[constant] = $"the generated constant {constant}";
        if (!model.IsBlock)
        {
            names[MemberNames.Forward] = "the generated method Forward";
            names[MemberNames.Predict] = "the generated method Predict";
        }

        return names;
    }

    /// <summary>Whether a member is an overload of an emitted method.</summary>
    private static bool IsOverload(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method
        && method.Name is MemberNames.Forward or MemberNames.Predict
        && !(member is IMethodSymbol { Arity: 0 } same && Signature(same) is Samples or Samples + "," + Results);

    private static bool IsEmitted(IMethodSymbol constructor, bool isBlock) => !constructor.IsStatic && (isBlock
        ? Signature(constructor) == "Fpe.Model,int"
        : Signature(constructor) is "" or "long" or "long,Fpe.Compute.Device");

    /// <summary>Returns the parameters by which overloads can differ: by reference or not, without nullable annotations.</summary>
    private static string Signature(IMethodSymbol method) => string.Join(
        ",",
        method.Parameters.Select(parameter => (parameter.RefKind == RefKind.None ? string.Empty : "ref ")
            + parameter.Type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString()));
}
