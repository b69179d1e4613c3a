namespace Fpe.Generators.Model;

/// <summary>What the generator adds to a compilation for one class.</summary>
/// <param name="Emitted">What to emit; null if nothing can be added to the class.</param>
/// <param name="Errors">Why it is not the model that was meant.</param>
internal sealed record ModelOutput(EmittedType? Emitted, ValueList<ErrorSpec> Errors)
{
    /// <summary>Nothing.</summary>
    public static ModelOutput None { get; } = new(null, ValueList<ErrorSpec>.Empty);
}
