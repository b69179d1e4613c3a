using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Parsing;

/// <summary>Finds names for the emitted fields that nothing in the class has yet.</summary>
internal sealed class FreeNames
{
    private readonly HashSet<string> taken = new(StringComparer.Ordinal) { "seed", "device", MemberNames.Forward, MemberNames.Predict };

    public FreeNames(INamedTypeSymbol type, INamedTypeSymbol? runtimeModel, UserCode code, DeclaredModel model)
    {
        taken.Add(type.Name);
        taken.UnionWith(type.TypeParameters.Select(parameter => parameter.Name));
        taken.UnionWith(code.MembersOf(type).Select(member => member.Name));
        taken.UnionWith(model.Constants);
        for (INamedTypeSymbol? inherited = runtimeModel; inherited is not null; inherited = inherited.BaseType)
            taken.UnionWith(inherited.GetMembers().Select(member => member.Name));
    }

    /// <summary>Takes the wanted name, or one much like it, and escapes it.</summary>
    public string Take(string wanted)
    {
        string name = wanted;
        for (int attempt = 2; !taken.Add(name); attempt++)
            name = wanted + attempt.ToString(CultureInfo.InvariantCulture);
        return Identifier.Escape(name);
    }
}
