using System;

namespace Fpe;

/// <summary>Applies tanh(z) to the outputs of the layer it stands on.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TanhAttribute : Attribute;
