namespace Fpe.Generators.Model;

/// <summary>
/// What the pipeline carries: values only, equal when the emitted files are equal. No symbol, syntax, compilation or
/// location is reachable from it, or the editor would keep whole compilations alive and re-run every step.
/// </summary>
internal abstract record EmittedType(TypeSpec Type);
