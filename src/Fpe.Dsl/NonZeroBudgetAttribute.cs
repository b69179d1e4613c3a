using System;

namespace Fpe;

/// <summary>
/// A ceiling on the number of non-zero parameters of the expanded model, enforced by the compiler. It counts weights, and
/// biases too where <see cref="ModelAttribute.CountBiases"/> is set. With <see cref="Split.Learned"/> it is the number that the
/// model ends with exactly, which may be below the dense parent's, or above it.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NonZeroBudgetAttribute : Attribute
{
    /// <summary>Declares a ceiling, or for learned edges the number itself.</summary>
    /// <param name="count">The largest number of non-zero parameters allowed; at least 1.</param>
    public NonZeroBudgetAttribute(long count) => Count = count;

    /// <summary>The largest number of non-zero parameters allowed.</summary>
    public long Count { get; }
}
