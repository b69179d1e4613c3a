using System;

namespace Fpe;

/// <summary>
/// Names one group of inputs that belong together; repeat it for each group. On a class the indices are the model's
/// inputs, and its first <c>Linear</c> layer uses the groups; on a property they are the inputs of that layer's dense parent.
/// <see cref="Split.Clause"/> gives each group to one child as a whole; inputs in no group are dealt one by one.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class ClauseAttribute : Attribute
{
    /// <summary>Declares a group.</summary>
    /// <param name="inputs">Indices of the inputs, from 0; no input may be in two groups.</param>
    public ClauseAttribute(params int[] inputs) => Inputs = inputs;

    /// <summary>Indices of the inputs, from 0.</summary>
    public int[] Inputs { get; }
}
