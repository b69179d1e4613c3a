using System;

namespace Fpe;

/// <summary>
/// A convolution over the places of a sequence: filters that slide over it, each a weighted sum of all units at the places in its window,
/// plus a bias. Values before the first and after the last place are zero. It also reads an image of one row, as a sequence. The property has
/// the type <c>Conv1d</c>.
/// </summary>
/// <remarks>
/// The window reads every place, also those without a token, where the value of an <c>[Embedding]</c> is zero. If the number of places stays
/// the same, as with a kernel of 3 and a padding of 1, a place of the result belongs to the same token as before, and layers above leave out
/// places without a token. Otherwise the places of the result have no tokens, and every place counts.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class Conv1dAttribute : Attribute
{
    /// <summary>Declares a convolution over places.</summary>
    /// <param name="filters">The number of filters, which is the number of units of the result; at least 1.</param>
    /// <param name="kernel">The places of the window; from 1 to those of the padded sequence.</param>
    public Conv1dAttribute(int filters, int kernel) => (Filters, Kernel) = (filters, kernel);

    /// <summary>Gets the number of filters, which is the number of units of the result.</summary>
    public int Filters { get; }

    /// <summary>Gets the places of the window.</summary>
    public int Kernel { get; }

    /// <summary>The step of the window in places; 1 by default.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>The places with zeros added at each end of the sequence; from 0, the default, to the reach of the window minus 1.</summary>
    public int Padding { get; set; }

    /// <summary>
    /// The step in the sequence from one place of the window to the next; 1, the default, for adjacent ones. The window then reaches over
    /// (kernel − 1) · dilation + 1 places.
    /// </summary>
    public int Dilation { get; set; } = 1;

    /// <summary>
    /// The number of groups of consecutive units and filters; 1 by default. The filters of a group read only the units of that group. It
    /// divides the numbers of units and of filters. The children of a filter read only the units of its group as well, so a convolution with as
    /// many groups as units cannot be expanded.
    /// </summary>
    public int Groups { get; set; } = 1;

    /// <summary>
    /// The name of the layer whose value this layer reads (use <c>nameof</c>), or <see cref="ModelAttribute.Sample"/>. If null, the
    /// default, it reads the previous layer. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
