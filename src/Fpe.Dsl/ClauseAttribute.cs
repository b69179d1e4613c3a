using System;

namespace Fpe;

/// <summary>
/// Declares a group of inputs that belong together; repeat it for each group. On a class, the indices refer to the model's inputs, and its
/// first <c>Linear</c> layer uses the groups; on a property, they refer to the inputs of that layer's dense parent.
/// <see cref="Split.Clause"/> assigns each group to a single child; inputs without a group are assigned one by one.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class ClauseAttribute : Attribute
{
    /// <summary>Declares a group.</summary>
    /// <param name="inputs">The zero-based indices of the inputs; no input can be in two groups.</param>
    public ClauseAttribute(params int[] inputs) => Inputs = inputs;

    /// <summary>Gets the zero-based indices of the inputs.</summary>
    public int[] Inputs { get; }
}
