using System;

namespace Fpe;

/// <summary>Puts values one after the other: vectors, or the channels of images of one size. The property has the type <c>Concat</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConcatAttribute : Attribute
{
    /// <summary>Declares a concatenation.</summary>
    /// <param name="from">Names of the values, at least two, such as <c>nameof(Hidden)</c>: earlier layers, or <see cref="ModelAttribute.Sample"/>.</param>
    public ConcatAttribute(params string[] from) => From = from;

    /// <summary>Names of the values.</summary>
    public string[] From { get; }
}
