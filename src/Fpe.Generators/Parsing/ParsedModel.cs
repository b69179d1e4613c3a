using System.Collections.Immutable;
using Fpe.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Parsing;

/// <summary>What the parser makes of a class with <c>[Model]</c>.</summary>
/// <param name="Emitted">What to emit; null where nothing can be added to the class.</param>
/// <param name="Diagnostics">What is wrong with it.</param>
internal sealed record ParsedModel(EmittedType? Emitted, ImmutableArray<Diagnostic> Diagnostics);
