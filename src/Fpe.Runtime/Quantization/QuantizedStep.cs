namespace Fpe.Quantization;

/// <summary>A step of a quantised network: a layer, or a table of bytes, that makes one value of another.</summary>
/// <param name="Source">The value that it reads; 0 is the sample.</param>
/// <param name="Destination">The value that it writes.</param>
/// <param name="Layer">The layer; null for a table.</param>
/// <param name="Table">What becomes of each byte; null for a layer.</param>
internal sealed record QuantizedStep(int Source, int Destination, QuantizedLinear? Layer, byte[]? Table);
