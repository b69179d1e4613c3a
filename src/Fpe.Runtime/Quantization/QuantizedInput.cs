using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Quantization;

/// <summary>Turns samples into bytes.</summary>
/// <param name="Scale">What the bytes stand for.</param>
/// <param name="Count">Values of a sample.</param>
internal sealed record QuantizedInput(ValueScale Scale, int Count)
{
    private const int Width = ProductOfPanel.Width;

    /// <summary>Room for the rows of a panel.</summary>
    public int RowRoom => Width * RowStride;

    private int RowStride => (Count + Width - 1) / Width * Width;

    /// <summary>Quantises one sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Sample(IntegerVectors vectors, float* x, byte* y)
    {
        int i = 0;
        if (vectors != IntegerVectors.None)
        {
            for (; i <= Count - 16; i += 16)
            {
                Vector256<short> both = Vector256.Narrow(Quantize(Vector256.Load(x + i)), Quantize(Vector256.Load(x + i + 8)));
                Vector128.Narrow(both.GetLower().AsUInt16(), both.GetUpper().AsUInt16()).Store(y + i);
            }
        }

        for (; i < Count; i++)
            y[i] = Scale.Quantize(x[i]);
    }

    /// <summary>Quantises a panel: samples row by row become values by samples.</summary>
    /// <param name="vectors">The vectors to use.</param>
    /// <param name="x">The samples.</param>
    /// <param name="samples">Their number; the rest of the panel keeps what it held.</param>
    /// <param name="rows">Room for <see cref="RowRoom"/> bytes.</param>
    /// <param name="y">Receives the bytes: [values, samples of a panel].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Panel(IntegerVectors vectors, float* x, int samples, byte* rows, byte* y)
    {
        for (int s = 0; s < samples; s++)
            Sample(vectors, x + ((long)s * Count), rows + (s * RowStride));
        int v = 0;
        if (vectors != IntegerVectors.None)
        {
            for (; v <= Count - Width; v += Width)
                Transpose(rows + v, RowStride, y + (v * Width));
        }

        for (; v < Count; v++)
        {
            for (int s = 0; s < Width; s++)
                y[(v * Width) + s] = rows[(s * RowStride) + v];
        }
    }

    private Vector256<int> Quantize(Vector256<float> numbers) => Vector256.ConvertToInt32(Vector256.Clamp(
        Vector256.Round(numbers / Vector256.Create(Scale.Scale)) + Vector256.Create((float)Scale.ZeroPoint), Vector256<float>.Zero, Vector256.Create((float)byte.MaxValue)));

    /// <summary>Transposes 16 × 16 bytes: four times, each pair of rows that are half of all apart is interleaved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Transpose(byte* rows, int stride, byte* y)
    {
        Vector128<byte>* from = stackalloc Vector128<byte>[Width];
        Vector128<byte>* to = stackalloc Vector128<byte>[Width];
        for (int r = 0; r < Width; r++)
            from[r] = Vector128.Load(rows + (r * stride));
        for (int round = 0; round < 4; round++)
        {
            for (int r = 0; r < Width / 2; r++)
            {
                to[2 * r] = Sse2.UnpackLow(from[r], from[r + 8]);
                to[(2 * r) + 1] = Sse2.UnpackHigh(from[r], from[r + 8]);
            }

            Vector128<byte>* done = to;
            to = from;
            from = done;
        }

        for (int r = 0; r < Width; r++)
            from[r].Store(y + (r * Width));
    }
}
