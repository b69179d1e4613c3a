using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Quantization;

/// <summary>The product of one sample with sparse rows: lanes are edges, whose inputs are brought together piece by piece.</summary>
internal static unsafe class ProductOfGathers
{
    /// <summary>Computes Σ weight · byte for each row of the sparse tiles.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="x">The bytes of the sample, and <see cref="GatheredRows.Reach"/> bytes after them that may be read.</param>
    /// <param name="sums">Receives a sum for each row: [tiles, rows of a tile]; those of other tiles are left alone.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(GatheredRows rows, byte* x, int* sums)
    {
        int groups = IntegerTiles.Rows / rows.RowsOfPiece;
        fixed (int* starts = rows.Starts, bases = rows.Bases)
        fixed (byte* inputs = rows.Inputs)
        fixed (sbyte* weights = rows.Weights)
        {
            for (int tile = 0; tile < rows.Tiles.Length; tile++)
            {
                for (int group = 0; group < groups; group++)
                {
                    (Vector512<int> low, Vector512<int> high) = (default, default);
                    int end = starts[(tile * groups) + group + 1];
                    for (int piece = starts[(tile * groups) + group]; piece < end; piece++)
                    {
                        byte* from = x + bases[piece];
                        Vector512<byte> gathered = Avx512Vbmi.PermuteVar64x8x2(
                            Vector512.Load(from), Vector512.Load(inputs + (piece * GatheredRows.Places)), Vector512.Load(from + 64));
                        sbyte* w = weights + (piece * GatheredRows.Places);
                        low = IntegerDot.Add(
                            low, Avx512BW.UnpackLow(gathered, Vector512<byte>.Zero).AsInt16(), Avx512BW.ConvertToVector512Int16(Vector256.Load(w)));
                        high = IntegerDot.Add(
                            high, Avx512BW.UnpackHigh(gathered, Vector512<byte>.Zero).AsInt16(), Avx512BW.ConvertToVector512Int16(Vector256.Load(w + 32)));
                    }

                    Sum(low, high, rows.RowsOfPiece, sums + (rows.Tiles[tile] * IntegerTiles.Rows) + (group * rows.RowsOfPiece));
                }
            }
        }
    }

    /// <summary>Adds the lanes of each row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum(Vector512<int> low, Vector512<int> high, int rows, int* sums)
    {
        switch (rows)
        {
            case 1:
                sums[0] = Vector512.Sum(low + high);
                break;
            case 2:
                sums[0] = Vector512.Sum(low);
                sums[1] = Vector512.Sum(high);
                break;
            case 4:
                sums[0] = Vector256.Sum(low.GetLower());
                sums[1] = Vector256.Sum(low.GetUpper());
                sums[2] = Vector256.Sum(high.GetLower());
                sums[3] = Vector256.Sum(high.GetUpper());
                break;
            case 8:
                Quarters(low, sums);
                Quarters(high, sums + 4);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(rows), rows, "A piece has 1, 2, 4 or 8 rows.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarters(Vector512<int> lanes, int* sums)
    {
        sums[0] = Vector128.Sum(lanes.GetLower().GetLower());
        sums[1] = Vector128.Sum(lanes.GetLower().GetUpper());
        sums[2] = Vector128.Sum(lanes.GetUpper().GetLower());
        sums[3] = Vector128.Sum(lanes.GetUpper().GetUpper());
    }
}
