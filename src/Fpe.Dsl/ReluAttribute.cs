using System;

namespace Fpe;

/// <summary>Applies max(0, z) to the outputs of the layer it stands on.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReluAttribute : Attribute;
