using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Declarations;

/// <summary>A value that a layer reads, as it is named.</summary>
/// <param name="Name">Name of a layer, or what stands for the sample.</param>
/// <param name="Location">Where it is named.</param>
internal sealed record DeclaredSource(string Name, Location Location);
