using System.Runtime.CompilerServices;

namespace Fpe.Quantization;

/// <summary>Puts values behind each other, each brought to the scale of the result.</summary>
/// <param name="sources">The values.</param>
/// <param name="widths">Bytes of each.</param>
/// <param name="tables">What becomes of the bytes of each.</param>
internal sealed unsafe class JoinOperation(int[] sources, int[] widths, byte[][] tables) : QuantizedOperation(sources)
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Compute(in OperationCall call)
    {
        byte* y = call.Y;
        for (int s = 0; s < widths.Length; s++)
        {
            byte* x = call.Value(Sources[s]);
            for (int i = 0; i < widths[s]; i++)
                *y++ = tables[s][x[i]];
        }
    }
}
