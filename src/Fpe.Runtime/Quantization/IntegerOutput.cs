using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Quantization;

/// <summary>Turns the sums of a layer's rows into the bytes of its outputs: bias, factor, zero point, and the activation as a table.</summary>
/// <param name="Biases">One for each row of each tile, in units of the sums.</param>
/// <param name="Factors">From sums to steps of the output, for each row of each tile.</param>
/// <param name="ZeroPoint">The byte of 0.</param>
/// <param name="Table">What the activation makes of each byte; null if cutting off below the zero point is all it does.</param>
internal sealed record IntegerOutput(int[] Biases, FixedPoint Factors, byte ZeroPoint, byte[]? Table)
{
    /// <summary>Finishes one sample, whose sums lie row by row in the order of the tiles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Sample(IntegerVectors vectors, int* sums, int* rows, int count, byte* y)
    {
        fixed (int* biases = Biases)
        fixed (int* multipliers = Factors.Multipliers)
        {
            if (vectors == IntegerVectors.None)
            {
                for (int i = 0; i < count; i++)
                    sums[i] = Finish(sums[i] + biases[i], multipliers[i]);
            }
            else
            {
                for (int i = 0; i < count; i += Vector256<int>.Count)
                    Finish(Vector256.Load(sums + i) + Vector256.Load(biases + i), Vector256.Load(multipliers + i)).Store(sums + i);
            }

            for (int i = 0; i < count; i++)
            {
                if (rows[i] >= 0)
                    y[rows[i]] = Table is null ? (byte)sums[i] : Table[sums[i]];
            }
        }
    }

    /// <summary>Finishes a row of a panel of samples.</summary>
    /// <param name="vectors">The vectors to use.</param>
    /// <param name="sums">Its sums, one for each sample.</param>
    /// <param name="row">The row, in the order of the tiles.</param>
    /// <param name="y">Receives the bytes of the row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Row(IntegerVectors vectors, int* sums, int row, byte* y)
    {
        (int bias, int multiplier) = (Biases[row], Factors.Multipliers[row]);
        if (vectors == IntegerVectors.None)
        {
            for (int sample = 0; sample < ProductOfPanel.Width; sample++)
                y[sample] = (byte)Finish(sums[sample] + bias, multiplier);
        }
        else if (vectors.Are512Bits())
        {
            Avx512F.ConvertToVector128Byte(Finish(Vector512.Load(sums) + Vector512.Create(bias), Vector512.Create(multiplier))).Store(y);
        }
        else
        {
            Vector256<int> biases = Vector256.Create(bias), multipliers = Vector256.Create(multiplier);
            Vector256<int> first = Finish(Vector256.Load(sums) + biases, multipliers), second = Finish(Vector256.Load(sums + 8) + biases, multipliers);
            Vector256<short> both = Vector256.Narrow(first, second);
            Vector128.Narrow(both.GetLower().AsUInt16(), both.GetUpper().AsUInt16()).Store(y);
        }

        if (Table is not null)
        {
            for (int sample = 0; sample < ProductOfPanel.Width; sample++)
                y[sample] = Table[y[sample]];
        }
    }

    private int Finish(int sum, int multiplier) => Math.Clamp(FixedPoint.Apply(sum, multiplier, Factors.Shift) + ZeroPoint, 0, byte.MaxValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<int> Finish(Vector512<int> sums, Vector512<int> multipliers) => Vector512.Clamp(
        FixedPoint.Apply(sums, multipliers, Factors.Shift) + Vector512.Create((int)ZeroPoint), Vector512<int>.Zero, Vector512.Create((int)byte.MaxValue));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<int> Finish(Vector256<int> sums, Vector256<int> multipliers) => Vector256.Clamp(
        FixedPoint.Apply(sums, multipliers, Factors.Shift) + Vector256.Create((int)ZeroPoint), Vector256<int>.Zero, Vector256.Create((int)byte.MaxValue));
}
