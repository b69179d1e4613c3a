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
        if (vectors.Are512Bits())
        {
            for (; i <= Count - 32; i += 32)
            {
                Vector512<short> both = Vector512.Narrow(Quantize(Vector512.Load(x + i)), Quantize(Vector512.Load(x + i + 16)));
                Vector256.Narrow(both.GetLower().AsUInt16(), both.GetUpper().AsUInt16()).Store(y + i);
            }
        }

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

    private Vector512<int> Quantize(Vector512<float> numbers) => Vector512.ConvertToInt32(Vector512.Clamp(
        Vector512.Round(numbers / Vector512.Create(Scale.Scale)) + Vector512.Create((float)Scale.ZeroPoint), Vector512<float>.Zero, Vector512.Create((float)byte.MaxValue)));

    /// <summary>
    /// Transposes 16 × 16 bytes: four times, each pair of rows that are half of all apart is interleaved. Written out, so that rows stay in
    /// registers: a loop takes five times as long.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Transpose(byte* rows, int stride, byte* y)
    {
        Vector128<byte> a0 = Vector128.Load(rows), a1 = Vector128.Load(rows + stride), a2 = Vector128.Load(rows + (2 * stride)), a3 = Vector128.Load(rows + (3 * stride));
        Vector128<byte> a4 = Vector128.Load(rows + (4 * stride)), a5 = Vector128.Load(rows + (5 * stride)), a6 = Vector128.Load(rows + (6 * stride)), a7 = Vector128.Load(rows + (7 * stride));
        Vector128<byte> a8 = Vector128.Load(rows + (8 * stride)), a9 = Vector128.Load(rows + (9 * stride)), a10 = Vector128.Load(rows + (10 * stride)), a11 = Vector128.Load(rows + (11 * stride));
        Vector128<byte> a12 = Vector128.Load(rows + (12 * stride)), a13 = Vector128.Load(rows + (13 * stride)), a14 = Vector128.Load(rows + (14 * stride)), a15 = Vector128.Load(rows + (15 * stride));
        Vector128<byte> b0 = Sse2.UnpackLow(a0, a8), b1 = Sse2.UnpackHigh(a0, a8);
        Vector128<byte> b2 = Sse2.UnpackLow(a1, a9), b3 = Sse2.UnpackHigh(a1, a9);
        Vector128<byte> b4 = Sse2.UnpackLow(a2, a10), b5 = Sse2.UnpackHigh(a2, a10);
        Vector128<byte> b6 = Sse2.UnpackLow(a3, a11), b7 = Sse2.UnpackHigh(a3, a11);
        Vector128<byte> b8 = Sse2.UnpackLow(a4, a12), b9 = Sse2.UnpackHigh(a4, a12);
        Vector128<byte> b10 = Sse2.UnpackLow(a5, a13), b11 = Sse2.UnpackHigh(a5, a13);
        Vector128<byte> b12 = Sse2.UnpackLow(a6, a14), b13 = Sse2.UnpackHigh(a6, a14);
        Vector128<byte> b14 = Sse2.UnpackLow(a7, a15), b15 = Sse2.UnpackHigh(a7, a15);
        (a0, a1) = (Sse2.UnpackLow(b0, b8), Sse2.UnpackHigh(b0, b8));
        (a2, a3) = (Sse2.UnpackLow(b1, b9), Sse2.UnpackHigh(b1, b9));
        (a4, a5) = (Sse2.UnpackLow(b2, b10), Sse2.UnpackHigh(b2, b10));
        (a6, a7) = (Sse2.UnpackLow(b3, b11), Sse2.UnpackHigh(b3, b11));
        (a8, a9) = (Sse2.UnpackLow(b4, b12), Sse2.UnpackHigh(b4, b12));
        (a10, a11) = (Sse2.UnpackLow(b5, b13), Sse2.UnpackHigh(b5, b13));
        (a12, a13) = (Sse2.UnpackLow(b6, b14), Sse2.UnpackHigh(b6, b14));
        (a14, a15) = (Sse2.UnpackLow(b7, b15), Sse2.UnpackHigh(b7, b15));
        (b0, b1) = (Sse2.UnpackLow(a0, a8), Sse2.UnpackHigh(a0, a8));
        (b2, b3) = (Sse2.UnpackLow(a1, a9), Sse2.UnpackHigh(a1, a9));
        (b4, b5) = (Sse2.UnpackLow(a2, a10), Sse2.UnpackHigh(a2, a10));
        (b6, b7) = (Sse2.UnpackLow(a3, a11), Sse2.UnpackHigh(a3, a11));
        (b8, b9) = (Sse2.UnpackLow(a4, a12), Sse2.UnpackHigh(a4, a12));
        (b10, b11) = (Sse2.UnpackLow(a5, a13), Sse2.UnpackHigh(a5, a13));
        (b12, b13) = (Sse2.UnpackLow(a6, a14), Sse2.UnpackHigh(a6, a14));
        (b14, b15) = (Sse2.UnpackLow(a7, a15), Sse2.UnpackHigh(a7, a15));
        (a0, a1) = (Sse2.UnpackLow(b0, b8), Sse2.UnpackHigh(b0, b8));
        (a2, a3) = (Sse2.UnpackLow(b1, b9), Sse2.UnpackHigh(b1, b9));
        (a4, a5) = (Sse2.UnpackLow(b2, b10), Sse2.UnpackHigh(b2, b10));
        (a6, a7) = (Sse2.UnpackLow(b3, b11), Sse2.UnpackHigh(b3, b11));
        (a8, a9) = (Sse2.UnpackLow(b4, b12), Sse2.UnpackHigh(b4, b12));
        (a10, a11) = (Sse2.UnpackLow(b5, b13), Sse2.UnpackHigh(b5, b13));
        (a12, a13) = (Sse2.UnpackLow(b6, b14), Sse2.UnpackHigh(b6, b14));
        (a14, a15) = (Sse2.UnpackLow(b7, b15), Sse2.UnpackHigh(b7, b15));
        a0.Store(y);
        a1.Store(y + Width);
        a2.Store(y + (2 * Width));
        a3.Store(y + (3 * Width));
        a4.Store(y + (4 * Width));
        a5.Store(y + (5 * Width));
        a6.Store(y + (6 * Width));
        a7.Store(y + (7 * Width));
        a8.Store(y + (8 * Width));
        a9.Store(y + (9 * Width));
        a10.Store(y + (10 * Width));
        a11.Store(y + (11 * Width));
        a12.Store(y + (12 * Width));
        a13.Store(y + (13 * Width));
        a14.Store(y + (14 * Width));
        a15.Store(y + (15 * Width));
    }
}
