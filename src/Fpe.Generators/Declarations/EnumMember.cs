using System;
using System.Linq;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Declarations;

/// <summary>Reads arguments that are members of enums.</summary>
internal static class EnumMember
{
    /// <summary>Returns the value of an argument; null if it is not a member of its enum, which is reported.</summary>
    public static T? Read<T>(DeclaredAttribute attribute, string argument, string subject, Findings findings)
        where T : struct, Enum
    {
        int? value = attribute.Value(argument, 0);
        if (value is null)
        {
            findings.MarkBroken();
            return null;
        }

        if (Enum.IsDefined(typeof(T), value.Value))
            return (T)Enum.ToObject(typeof(T), value.Value);

        string[] members = [.. Enum.GetNames(typeof(T)).Select(member => $"{typeof(T).Name}.{member}")];
        string others = string.Join(", ", members.Take(members.Length - 1));
        findings.Add(
            ExpansionRules.UndefinedValue, attribute.LocationOf(argument),
            subject, attribute.TextOf(argument), typeof(T).Name, $"{others} or {members[members.Length - 1]}");
        return null;
    }
}
