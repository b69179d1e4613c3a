namespace Fpe.Quantization;

/// <summary>Thrown when a network cannot be quantised to 8 bits: what is in the way, where, and what to do.</summary>
public sealed class QuantizationException : FpeException
{
    internal QuantizationException(string model, string problem)
        : base($"{model}: {problem}")
    {
        Model = model;
    }

    /// <summary>Name of the model.</summary>
    public string Model { get; }
}
