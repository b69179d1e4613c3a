using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Declarations;

/// <summary>A value that a layer reads by name.</summary>
/// <param name="Name">The name of a layer, or <see cref="LayerPlan.Sample"/>.</param>
/// <param name="Location">The location of the name.</param>
internal sealed record DeclaredSource(string Name, Location Location);
