using System;

namespace Fpe;

/// <summary>Adds values of one shape up, element by element: the end of a residual connection. The property has the type <c>Add</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AddAttribute : Attribute
{
    /// <summary>Declares which values to add. Only earlier layers can be named; <c>nameof</c> gives their names.</summary>
    /// <param name="first">Name of a layer, or <see cref="ModelAttribute.Sample"/>.</param>
    /// <param name="second">Name of another one, or of the same.</param>
    /// <param name="others">Names of more.</param>
    public AddAttribute(string first, string second, params string[] others) => Values = [first, second, .. others];

    /// <summary>Names of the layers whose values it reads, or <see cref="ModelAttribute.Sample"/>.</summary>
    public string[] Values { get; }
}
