namespace Fpe.ML;

/// <summary>The outputs of a network for the current row of a cursor, or for a single row.</summary>
internal interface IRowOutputs
{
    /// <summary>The outputs; those of a regression are in units of its label.</summary>
    ReadOnlySpan<float> Current { get; }
}
