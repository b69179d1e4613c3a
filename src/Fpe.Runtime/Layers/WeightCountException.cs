namespace Fpe;

/// <summary>Thrown when a model does not have the number of weights that the compiler proved for it.</summary>
public sealed class WeightCountException : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="where">Model, or model and layer.</param>
    /// <param name="what">What was counted.</param>
    /// <param name="declared">The number the compiler proved.</param>
    /// <param name="counted">The number that was counted.</param>
    public WeightCountException(string where, string what, long declared, long counted)
        : base($"{where}: {counted} {what}, but the compiler proved {declared}; rebuild the model with the same version of the generator and the runtime.")
    {
        Declared = declared;
        Counted = counted;
    }

    /// <summary>The number the compiler proved.</summary>
    public long Declared { get; }

    /// <summary>The number that was counted.</summary>
    public long Counted { get; }
}
