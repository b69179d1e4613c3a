namespace Fpe.Generators.Model;

/// <summary>
/// The data in the pipeline: values only, which are equal if the emitted files are equal. No symbol, syntax, compilation or location is
/// reachable from it; otherwise, the editor would keep whole compilations alive and rerun every step.
/// </summary>
internal abstract record EmittedType(TypeSpec Type);
