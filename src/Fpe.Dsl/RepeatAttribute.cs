using System;

namespace Fpe;

/// <summary>
/// Uses a block several times in sequence, each use with its own weights. The property has the type <c>IReadOnlyList&lt;TBlock&gt;</c>. The
/// block's output must have the shape of its input.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RepeatAttribute : Attribute
{
    /// <summary>Declares the number of uses.</summary>
    /// <param name="times">The number of uses; at least 1.</param>
    public RepeatAttribute(int times) => Times = times;

    /// <summary>Gets the number of uses.</summary>
    public int Times { get; }

    /// <summary>
    /// The name of the layer or block whose value the first use reads (use <c>nameof</c>), or <see cref="ModelAttribute.Sample"/>, or
    /// <see cref="BlockAttribute.Input"/> in a block. If null, the default, it reads the previous layer or block.
    /// </summary>
    public string? From { get; set; }
}
