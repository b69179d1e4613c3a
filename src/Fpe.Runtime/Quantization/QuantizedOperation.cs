namespace Fpe.Quantization;

/// <summary>A step that is neither a fully connected layer nor a table. It computes one sample at a time.</summary>
/// <param name="sources">The values that it reads; 0 is the sample.</param>
internal abstract unsafe class QuantizedOperation(params int[] sources)
{
    /// <summary>The values that it reads; 0 is the sample.</summary>
    public int[] Sources => sources;

    /// <summary>The weights that it slides over an image; null if it has none.</summary>
    public virtual QuantizedLinear? Filters => null;

    /// <summary>The tokens of samples that it looks up in a table; null if there are none.</summary>
    public virtual SamplePart? Tokens => null;

    /// <summary>The bytes that it needs between.</summary>
    public virtual int ByteRoom => 0;

    /// <summary>The numbers that it needs between.</summary>
    public virtual int NumberRoom => 0;

    /// <summary>Computes the value of one sample.</summary>
    public abstract void Compute(in OperationCall call);
}
