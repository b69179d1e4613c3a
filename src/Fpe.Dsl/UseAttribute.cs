using System;

namespace Fpe;

/// <summary>
/// Uses a block once. The attribute can be omitted: a partial property whose type is a block uses it. It is needed only to name the value
/// that the block reads.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UseAttribute : Attribute
{
    /// <inheritdoc cref="RepeatAttribute.From"/>
    public string? From { get; set; }
}
