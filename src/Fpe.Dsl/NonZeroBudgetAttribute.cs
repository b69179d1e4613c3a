using System;

namespace Fpe;

/// <summary>
/// An upper limit on the number of non-zero parameters of the expanded model, enforced by the compiler. It counts weights, and biases too
/// if <see cref="ModelAttribute.CountBiases"/> is set. With <see cref="Split.Learned"/>, the model ends with exactly this number, which can
/// be less or greater than the dense parent's. On a block, it limits the weights of the dense parent in one use.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NonZeroBudgetAttribute : Attribute
{
    /// <summary>Declares the limit or, for learned edges, the exact number.</summary>
    /// <param name="count">The maximum number of non-zero parameters; at least 1.</param>
    public NonZeroBudgetAttribute(long count) => Count = count;

    /// <summary>Gets the maximum number of non-zero parameters.</summary>
    public long Count { get; }
}
