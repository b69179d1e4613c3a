using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Compute.Cpu;

/// <summary>Transposes between the order by features and the order by samples, 8 × 8 floats at a time in registers.</summary>
internal static unsafe class Transpose
{
    private const int Size = 8;

    /// <summary>bySample[s, r] = rows[r, s] for some samples, rounded up to whole vectors.</summary>
    /// <param name="rows">Values by row: [16, 16].</param>
    /// <param name="samples">Samples, from 1 to 16.</param>
    /// <param name="bySample">Receives values by sample: [16, 16].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RowsToSamples(float* rows, int samples, float* bySample) =>
        RowsToSamples(rows, Panel.Width, samples, bySample, CpuBlock.GroupHeight);

    /// <summary>bySample[s, r] = rows[r, s] for some samples, rounded up to whole vectors.</summary>
    /// <param name="rows">Values by row: 16 rows of 16.</param>
    /// <param name="rowStride">Floats from a row to the next.</param>
    /// <param name="samples">Samples, from 1 to 16.</param>
    /// <param name="bySample">Receives values by sample: 16 of each.</param>
    /// <param name="sampleStride">Floats from a sample to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RowsToSamples(float* rows, nint rowStride, int samples, float* bySample, nint sampleStride)
    {
        for (int first = 0; first < CpuBlock.GroupHeight; first += Size)
            EightRowsToSamples(rows + first * rowStride, rowStride, samples, bySample + first, sampleStride);
    }

    /// <summary>As <see cref="RowsToSamples(float*, nint, int, float*, nint)"/>, for 8 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void EightRowsToSamples(float* rows, nint rowStride, int samples, float* bySample, nint sampleStride)
    {
        for (int s = 0; s < samples; s += Size)
        {
            float* row = rows + s;
            var row0 = Vector256.Load(row);
            var row1 = Vector256.Load(row + rowStride);
            var row2 = Vector256.Load(row + 2 * rowStride);
            var row3 = Vector256.Load(row + 3 * rowStride);
            var row4 = Vector256.Load(row + 4 * rowStride);
            var row5 = Vector256.Load(row + 5 * rowStride);
            var row6 = Vector256.Load(row + 6 * rowStride);
            var row7 = Vector256.Load(row + 7 * rowStride);
            Square(ref row0, ref row1, ref row2, ref row3, ref row4, ref row5, ref row6, ref row7);
            float* target = bySample + s * sampleStride;
            row0.Store(target);
            row1.Store(target + sampleStride);
            row2.Store(target + 2 * sampleStride);
            row3.Store(target + 3 * sampleStride);
            row4.Store(target + 4 * sampleStride);
            row5.Store(target + 5 * sampleStride);
            row6.Store(target + 6 * sampleStride);
            row7.Store(target + 7 * sampleStride);
        }
    }

    /// <summary>panel[i, s] = samples[order[s], i] for the samples of the panel; further lanes get the values of its last sample.</summary>
    /// <param name="samples">Values sample by sample: [any, features].</param>
    /// <param name="order">The indices of the samples.</param>
    /// <param name="features">Values per sample.</param>
    /// <param name="panel">Receives the values by feature.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SamplesToPanel(float* samples, int* order, int features, in Panel panel)
    {
        for (int s = 0; s < panel.Samples; s += Size)
        {
            int last = panel.Samples - s - 1;
            float* sample0 = Sample(samples, order + s, features, 0, last);
            float* sample1 = Sample(samples, order + s, features, 1, last);
            float* sample2 = Sample(samples, order + s, features, 2, last);
            float* sample3 = Sample(samples, order + s, features, 3, last);
            float* sample4 = Sample(samples, order + s, features, 4, last);
            float* sample5 = Sample(samples, order + s, features, 5, last);
            float* sample6 = Sample(samples, order + s, features, 6, last);
            float* sample7 = Sample(samples, order + s, features, 7, last);
            int i = 0;
            for (; i <= features - Size; i += Size)
            {
                var row0 = Vector256.Load(sample0 + i);
                var row1 = Vector256.Load(sample1 + i);
                var row2 = Vector256.Load(sample2 + i);
                var row3 = Vector256.Load(sample3 + i);
                var row4 = Vector256.Load(sample4 + i);
                var row5 = Vector256.Load(sample5 + i);
                var row6 = Vector256.Load(sample6 + i);
                var row7 = Vector256.Load(sample7 + i);
                Square(ref row0, ref row1, ref row2, ref row3, ref row4, ref row5, ref row6, ref row7);
                row0.Store(panel.Row(i) + s);
                row1.Store(panel.Row(i + 1) + s);
                row2.Store(panel.Row(i + 2) + s);
                row3.Store(panel.Row(i + 3) + s);
                row4.Store(panel.Row(i + 4) + s);
                row5.Store(panel.Row(i + 5) + s);
                row6.Store(panel.Row(i + 6) + s);
                row7.Store(panel.Row(i + 7) + s);
            }

            for (; i < features; i++)
            {
                Vector256.Create(
                    sample0[i], sample1[i], sample2[i], sample3[i], sample4[i], sample5[i], sample6[i], sample7[i]).Store(panel.Row(i) + s);
            }
        }
    }

    /// <summary>Returns the sum of the lanes of vector i in lane i: half of a transpose, because pairs are added immediately.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sums(
        Vector256<float> row0, Vector256<float> row1, Vector256<float> row2, Vector256<float> row3,
        Vector256<float> row4, Vector256<float> row5, Vector256<float> row6, Vector256<float> row7)
    {
        if (!Avx.IsSupported)
        {
            SquareInMemory(ref row0, ref row1, ref row2, ref row3, ref row4, ref row5, ref row6, ref row7);
            return ((row0 + row4) + (row2 + row6)) + ((row1 + row5) + (row3 + row7));
        }

        var ab = Avx.UnpackLow(row0, row1) + Avx.UnpackHigh(row0, row1);
        var cd = Avx.UnpackLow(row2, row3) + Avx.UnpackHigh(row2, row3);
        var ef = Avx.UnpackLow(row4, row5) + Avx.UnpackHigh(row4, row5);
        var gh = Avx.UnpackLow(row6, row7) + Avx.UnpackHigh(row6, row7);
        var abcd = Avx.Shuffle(ab, cd, 0x44) + Avx.Shuffle(ab, cd, 0xEE);
        var efgh = Avx.Shuffle(ef, gh, 0x44) + Avx.Shuffle(ef, gh, 0xEE);
        return Avx.Permute2x128(abcd, efgh, 0x20) + Avx.Permute2x128(abcd, efgh, 0x31);
    }

    /// <summary>Transposes 8 × 8 floats: afterwards, element j of vector i is the former element i of vector j.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Square(
        ref Vector256<float> row0, ref Vector256<float> row1, ref Vector256<float> row2, ref Vector256<float> row3,
        ref Vector256<float> row4, ref Vector256<float> row5, ref Vector256<float> row6, ref Vector256<float> row7)
    {
        if (!Avx.IsSupported)
        {
            SquareInMemory(ref row0, ref row1, ref row2, ref row3, ref row4, ref row5, ref row6, ref row7);
            return;
        }

        // pairs, then quadruples of rows within each half, then the halves
        (var ab0, var ab1) = (Avx.UnpackLow(row0, row1), Avx.UnpackHigh(row0, row1));
        (var cd0, var cd1) = (Avx.UnpackLow(row2, row3), Avx.UnpackHigh(row2, row3));
        (var ef0, var ef1) = (Avx.UnpackLow(row4, row5), Avx.UnpackHigh(row4, row5));
        (var gh0, var gh1) = (Avx.UnpackLow(row6, row7), Avx.UnpackHigh(row6, row7));
        (var abcd0, var efgh0) = (Avx.Shuffle(ab0, cd0, 0x44), Avx.Shuffle(ef0, gh0, 0x44));
        (var abcd1, var efgh1) = (Avx.Shuffle(ab0, cd0, 0xEE), Avx.Shuffle(ef0, gh0, 0xEE));
        (var abcd2, var efgh2) = (Avx.Shuffle(ab1, cd1, 0x44), Avx.Shuffle(ef1, gh1, 0x44));
        (var abcd3, var efgh3) = (Avx.Shuffle(ab1, cd1, 0xEE), Avx.Shuffle(ef1, gh1, 0xEE));
        (row0, row4) = (Avx.Permute2x128(abcd0, efgh0, 0x20), Avx.Permute2x128(abcd0, efgh0, 0x31));
        (row1, row5) = (Avx.Permute2x128(abcd1, efgh1, 0x20), Avx.Permute2x128(abcd1, efgh1, 0x31));
        (row2, row6) = (Avx.Permute2x128(abcd2, efgh2, 0x20), Avx.Permute2x128(abcd2, efgh2, 0x31));
        (row3, row7) = (Avx.Permute2x128(abcd3, efgh3, 0x20), Avx.Permute2x128(abcd3, efgh3, 0x31));
    }

    /// <summary>Does the same on processors without AVX.</summary>
    private static void SquareInMemory(
        ref Vector256<float> row0, ref Vector256<float> row1, ref Vector256<float> row2, ref Vector256<float> row3,
        ref Vector256<float> row4, ref Vector256<float> row5, ref Vector256<float> row6, ref Vector256<float> row7)
    {
        float* values = stackalloc float[Size * Size];
        Scatter(row0, values);
        Scatter(row1, values + 1);
        Scatter(row2, values + 2);
        Scatter(row3, values + 3);
        Scatter(row4, values + 4);
        Scatter(row5, values + 5);
        Scatter(row6, values + 6);
        Scatter(row7, values + 7);
        row0 = Vector256.Load(values);
        row1 = Vector256.Load(values + 8);
        row2 = Vector256.Load(values + 16);
        row3 = Vector256.Load(values + 24);
        row4 = Vector256.Load(values + 32);
        row5 = Vector256.Load(values + 40);
        row6 = Vector256.Load(values + 48);
        row7 = Vector256.Load(values + 56);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scatter(Vector256<float> row, float* column)
    {
        for (int i = 0; i < Size; i++)
            column[i * Size] = row[i];
    }

    private static float* Sample(float* samples, int* order, int features, int s, int last) =>
        samples + order[Math.Min(s, last)] * (nint)features;
}
