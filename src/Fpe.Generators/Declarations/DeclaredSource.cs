using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Declarations;

/// <summary>A value that a layer names to read.</summary>
/// <param name="Name">Name of a layer, or <see cref="LayerPlan.Sample"/>.</param>
/// <param name="Location">Where the name stands.</param>
internal sealed record DeclaredSource(string Name, Location Location);
