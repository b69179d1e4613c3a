namespace Fpe.Generators.Model;

/// <summary>The output of the generator for one class.</summary>
/// <param name="Emitted">What to emit; null if nothing can be added to the class.</param>
/// <param name="Errors">The errors of the class.</param>
internal sealed record ModelOutput(EmittedType? Emitted, ValueList<ErrorSpec> Errors)
{
    /// <summary>No output.</summary>
    public static ModelOutput None { get; } = new(null, ValueList<ErrorSpec>.Empty);
}
