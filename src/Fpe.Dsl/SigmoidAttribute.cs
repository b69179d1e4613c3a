using System;

namespace Fpe;

/// <summary>Applies 1 / (1 + exp(−z)) to the outputs of the layer it stands on.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SigmoidAttribute : Attribute;
