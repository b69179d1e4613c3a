namespace Fpe.Quantization;

/// <summary>Takes a part of the sample.</summary>
/// <param name="first">Its first value.</param>
/// <param name="count">The number of its values.</param>
internal sealed unsafe class SliceOperation(int first, int count) : QuantizedOperation(0)
{
    /// <inheritdoc/>
    public override void Compute(in OperationCall call) =>
        new ReadOnlySpan<byte>(call.Value(0) + first, count).CopyTo(new Span<byte>(call.Y, count));
}
