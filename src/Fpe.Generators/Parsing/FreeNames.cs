using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Parsing;

/// <summary>Finds unused names for the emitted fields.</summary>
internal sealed class FreeNames
{
    private readonly HashSet<string> taken = new(StringComparer.Ordinal) { MemberNames.Forward, MemberNames.Predict };
    private readonly InheritedMembers inherited;

    public FreeNames(INamedTypeSymbol type, InheritedMembers inherited, UserCode code, DeclaredModel model)
    {
        this.inherited = inherited;
        taken.UnionWith(model.IsBlock ? ["model", "first"] : ["seed", "device"]);
        taken.Add(type.Name);
        taken.UnionWith(type.TypeParameters.Select(parameter => parameter.Name));
        taken.UnionWith(code.MembersOf(type).Select(member => member.Name));
        taken.UnionWith(model.Constants);
    }

    /// <summary>Reserves the requested name, or a similar one, and escapes it.</summary>
    public string Take(string wanted)
    {
        string name = wanted;
        for (int attempt = 2; inherited.Contains(name) || !taken.Add(name); attempt++)
            name = wanted + attempt.ToString(CultureInfo.InvariantCulture);
        return Identifier.Escape(name);
    }
}
