namespace Fpe.Quantization;

/// <summary>A step of a quantised network: a layer, a table of bytes, or another operation, that makes one value of others.</summary>
/// <param name="Source">The value that it reads, or the first of them; 0 is the sample.</param>
/// <param name="Destination">The value that it writes.</param>
/// <param name="Layer">The layer; null for a table and an operation.</param>
/// <param name="Table">What becomes of each byte; null for a layer and an operation.</param>
internal sealed record QuantizedStep(int Source, int Destination, QuantizedLinear? Layer, byte[]? Table)
{
    /// <summary>The operation; null for a layer and a table.</summary>
    public QuantizedOperation? Operation { get; private init; }

    /// <summary>Returns the step of an operation.</summary>
    public static QuantizedStep Of(QuantizedOperation operation, int destination) =>
        new(operation.Sources.DefaultIfEmpty().First(), destination, Layer: null, Table: null) { Operation = operation };
}
