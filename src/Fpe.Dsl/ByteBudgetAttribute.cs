using System;

namespace Fpe;

/// <summary>
/// An upper limit on the bytes of the trained model where it is deployed as generated C, enforced by the compiler: of its tables in flash
/// and, with <see cref="Scratch"/>, of the memory of a prediction. Where pruning or learning decides which edges exist, the compiler proves
/// that no choice takes more. Not counted, and on top of it, are code, and what only a trained model has: the standardisation of its samples
/// and the names of its classes.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ByteBudgetAttribute : Attribute
{
    /// <summary>Declares the limit.</summary>
    /// <param name="bytes">The maximum number of bytes of all tables: weights, edges, biases and factors; at least 1.</param>
    /// <param name="format">The numbers of the network.</param>
    public ByteBudgetAttribute(long bytes, NumberFormat format)
    {
        Bytes = bytes;
        Format = format;
    }

    /// <summary>Gets the maximum number of bytes of all tables.</summary>
    public long Bytes { get; }

    /// <summary>Gets the numbers of the network.</summary>
    public NumberFormat Format { get; }

    /// <summary>
    /// Gets or sets the maximum number of bytes that a prediction needs besides its sample and its outputs; at least 1. Without it, there is
    /// no limit.
    /// </summary>
    public long Scratch { get; set; }
}
