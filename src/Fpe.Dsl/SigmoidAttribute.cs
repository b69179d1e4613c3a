using System;

namespace Fpe;

/// <summary>
/// Applies 1 / (1 + exp(−z)) to the outputs of the layer it is applied to; on a property of type <c>Activation</c> it is a separate layer.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SigmoidAttribute : Attribute
{
    /// <summary>
    /// On a separate layer: the name of the layer whose value it reads (use <c>nameof</c>), or <see cref="ModelAttribute.Sample"/>. If
    /// null, the default, it reads the previous layer. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
