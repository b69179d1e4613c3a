namespace Fpe.Quantization;

/// <summary>Panels of samples that a layer computes.</summary>
/// <param name="vectors">The vectors to use.</param>
/// <param name="x">The bytes of the inputs: [panels, inputs, samples of a panel].</param>
/// <param name="inputs">The number of inputs.</param>
/// <param name="y">Receives the bytes of the outputs, unless this is the last layer: [panels, outputs, samples of a panel].</param>
/// <param name="outputCount">The number of outputs.</param>
/// <param name="outputs">Receives the outputs of the last layer, sample by sample: [samples, outputs].</param>
/// <param name="samples">The number of samples; the last panel may have fewer than it has room for.</param>
/// <param name="scratch">Room for intermediate results.</param>
internal readonly unsafe struct PanelCall(
    IntegerVectors vectors, byte* x, int inputs, byte* y, int outputCount, float* outputs, int samples, QuantizedScratch scratch)
{
    private const int Width = ProductOfPanel.Width;

    /// <summary>The vectors to use.</summary>
    public IntegerVectors Vectors => vectors;

    /// <summary>The number of inputs.</summary>
    public int Inputs => inputs;

    /// <summary>Bytes from the inputs of one panel to those of the next.</summary>
    public long Stride => (long)inputs * Width;

    /// <summary>The number of panels.</summary>
    public int Panels => (samples + Width - 1) / Width;

    /// <summary>Room for intermediate results.</summary>
    public QuantizedScratch Scratch => scratch;

    /// <summary>The bytes of the inputs of a panel.</summary>
    public byte* X(int panel) => x + (panel * Stride);

    /// <summary>Where the bytes of an output of a panel are.</summary>
    public byte* Y(int panel, int row) => y + ((((long)panel * outputCount) + row) * Width);

    /// <summary>Finishes the sums of an output of the last layer.</summary>
    public void Finish(NumberOutput numbers, int* sums, int lane, int panel, int row)
    {
        int first = panel * Width;
        numbers.Row(sums, lane, Math.Min(samples - first, Width), outputs + ((long)first * outputCount) + row, outputCount);
    }
}
