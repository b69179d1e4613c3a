using System;
using System.Linq;
using static System.FormattableString;

namespace Fpe;

/// <summary>
/// Thrown when the plan of a model is not valid. For models declared with attributes, the compiler reports the same errors; plans made by a
/// program are checked when they are created, before anything is allocated.
/// </summary>
public sealed class PlanException : FpeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="where">The layer, or the model and layer.</param>
    /// <param name="problem">The problem, the numbers and the fix.</param>
    public PlanException(string where, string problem)
        : base($"{where}: {problem}")
    {
    }

    /// <summary>Returns a size that is at least 1.</summary>
    /// <exception cref="PlanException">The size is less than 1.</exception>
    internal static int RequirePositive(string where, string what, int size) =>
        size >= 1 ? size : throw new PlanException(where, Invariant($"{what} must be at least 1, but is {size}."));

    /// <summary>Returns a member of an enum.</summary>
    /// <exception cref="PlanException">The value is not a member.</exception>
    internal static TEnum RequireDefined<TEnum>(string where, TEnum value)
        where TEnum : struct, Enum
    {
        Type type = typeof(TEnum);
        if (Enum.IsDefined(type, value))
            return value;
        string[] members = [.. Enum.GetNames(type).Select(member => $"{type.Name}.{member}")];
        throw new PlanException(
            where,
            Invariant($"{value:D} is not a value of {type.Name}; use {string.Join(", ", members.Take(members.Length - 1))} or {members.Last()}."));
    }
}
