using System;

namespace Fpe;

/// <summary>
/// Adds values of the same shape element by element: the end of a residual connection. The property has the type <c>Add</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AddAttribute : Attribute
{
    /// <summary>Declares the values to add. Only earlier layers can be named; use <c>nameof</c>.</summary>
    /// <param name="first">The name of a layer, or <see cref="ModelAttribute.Sample"/>.</param>
    /// <param name="second">The name of another layer, or of the same one.</param>
    /// <param name="others">The names of further layers.</param>
    public AddAttribute(string first, string second, params string[] others) => Values = [first, second, .. others];

    /// <summary>Gets the names of the layers whose values this layer reads, or <see cref="ModelAttribute.Sample"/>.</summary>
    public string[] Values { get; }
}
