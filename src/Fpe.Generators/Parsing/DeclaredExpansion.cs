using Fpe.Generators.Model;

namespace Fpe.Generators.Parsing;

/// <summary>An <c>[Expand]</c> attribute whose arguments are valid in themselves.</summary>
internal sealed record DeclaredExpansion(DeclaredAttribute Attribute, int Factor, Split Strategy, int Share, Outgoing Outgoing);
