using System;

namespace Fpe;

/// <summary>Applies z · min(max(z + 3, 0), 6) / 6 to the outputs of the layer it stands on; on a property of type <c>Activation</c> it is a layer of its own.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HardSwishAttribute : Attribute
{
    /// <summary>
    /// For a layer of its own: name of the layer whose value it reads, as <c>nameof</c> gives it, or <see cref="ModelAttribute.Sample"/>;
    /// null, the default, for the layer before it. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
