using System;

namespace Fpe;

/// <summary>Applies z · Φ(z), with Φ the distribution function of the standard normal distribution, to the outputs of the layer it stands on.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class GeluAttribute : Attribute;
