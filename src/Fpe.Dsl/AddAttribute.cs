using System;

namespace Fpe;

/// <summary>Adds values of one shape, number by number: a residual connection. The property has the type <c>Add</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AddAttribute : Attribute
{
    /// <summary>Declares a sum.</summary>
    /// <param name="from">Names of the values, at least two, such as <c>nameof(Hidden)</c>: earlier layers, or <see cref="ModelAttribute.Sample"/>.</param>
    public AddAttribute(params string[] from) => From = from;

    /// <summary>Names of the values.</summary>
    public string[] From { get; }
}
