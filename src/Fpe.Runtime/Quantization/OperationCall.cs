namespace Fpe.Quantization;

/// <summary>What an operation reads and writes for one sample.</summary>
/// <param name="vectors">The vectors to use.</param>
/// <param name="sample">The sample as numbers; tokens are only there.</param>
/// <param name="y">Receives the bytes of the operation's value.</param>
/// <param name="outputs">Receives the outputs of the network.</param>
/// <param name="scratch">The bytes of all values, and room for intermediate results.</param>
internal readonly unsafe struct OperationCall(IntegerVectors vectors, float* sample, byte* y, float* outputs, QuantizedScratch scratch)
{
    /// <summary>The vectors to use.</summary>
    public IntegerVectors Vectors => vectors;

    /// <summary>The sample as numbers.</summary>
    public float* Sample => sample;

    /// <summary>Receives the bytes of the operation's value.</summary>
    public byte* Y => y;

    /// <summary>Receives the outputs of the network.</summary>
    public float* Outputs => outputs;

    /// <summary>Room for intermediate results.</summary>
    public QuantizedScratch Scratch => scratch;

    /// <summary>Returns the bytes of a value.</summary>
    public byte* Value(int index) => scratch.Value(index);
}
