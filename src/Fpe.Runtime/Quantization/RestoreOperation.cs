namespace Fpe.Quantization;

/// <summary>Turns the bytes of the last value into outputs.</summary>
/// <param name="source">The value.</param>
/// <param name="width">The number of its bytes.</param>
/// <param name="scale">What its bytes stand for.</param>
internal sealed unsafe class RestoreOperation(int source, int width, ValueScale scale) : QuantizedOperation(source)
{
    /// <inheritdoc/>
    public override void Compute(in OperationCall call)
    {
        byte* x = call.Value(Sources[0]);
        for (int i = 0; i < width; i++)
            call.Outputs[i] = scale.Restore(x[i]);
    }
}
