using System;

namespace Fpe;

/// <summary>Puts vectors one after the other, or the channels of images of one height and width. The property has the type <c>Concat</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConcatAttribute : Attribute
{
    /// <summary>Declares which values to join. Only earlier layers can be named; <c>nameof</c> gives their names.</summary>
    /// <param name="first">Name of a layer, or <see cref="ModelAttribute.Sample"/>.</param>
    /// <param name="second">Name of another one, or of the same.</param>
    /// <param name="others">Names of more.</param>
    public ConcatAttribute(string first, string second, params string[] others) => Values = [first, second, .. others];

    /// <summary>Names of the layers whose values it reads, or <see cref="ModelAttribute.Sample"/>.</summary>
    public string[] Values { get; }
}
