using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Quantization;

/// <summary>The product of one sample: lanes are the rows of a tile, whose columns are gathered once for all tiles that share them.</summary>
internal static unsafe class ProductOfSample
{
    /// <summary>Computes Σ weight · byte for each row of each tile.</summary>
    /// <param name="vectors">The vectors to use.</param>
    /// <param name="tiles">The weights.</param>
    /// <param name="others">The tiles that are left out, in order.</param>
    /// <param name="pieces">Their columns in pieces, on processors that can permute bytes; else null.</param>
    /// <param name="x">The bytes of the sample, and <see cref="GatheredRows.Reach"/> bytes after them that may be read.</param>
    /// <param name="gathered">Room for <see cref="IntegerTiles.MostColumns"/> numbers of 16 bits, and <see cref="GatheredRows.Places"/> more.</param>
    /// <param name="sums">Receives a sum for each row of each tile: [tiles, rows of a tile].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        IntegerVectors vectors, IntegerTiles tiles, ReadOnlySpan<int> others, ColumnPieces? pieces, byte* x, short* gathered, int* sums)
    {
        int present = -1;
        byte* bytes = (byte*)gathered;
        fixed (int* columns = tiles.Columns)
        fixed (sbyte* weights = tiles.Weights)
        {
            for (int t = 0; t < tiles.Tiles.Length; t++, sums += IntegerTiles.Rows)
            {
                if (!others.IsEmpty && others[0] == t)
                {
                    others = others[1..];
                    continue;
                }

                IntegerTiles.Tile tile = tiles.Tiles[t];
                if (tile.FirstColumn != present)
                {
                    present = tile.FirstColumn;
                    if (vectors.MultiplyBytes() && pieces is null)
                        Gather(columns + present, tile.Columns, x, bytes);
                    else if (vectors.MultiplyBytes())
                        Gather(pieces!, t, x, bytes);
                    else if (pieces is null)
                        Gather(columns + present, tile.Columns, x, gathered);
                    else
                        Gather(pieces, t, x, gathered);
                }

                int groups = tile.Columns / IntegerTiles.Group;
                switch (vectors)
                {
                    case IntegerVectors.Bits256OfBytes or IntegerVectors.Bits512OfBytes:
                        TileOfBytes(weights + tile.FirstWeight, bytes, groups, sums);
                        break;
                    case IntegerVectors.Bits512:
                        Tile512(weights + tile.FirstWeight, gathered, groups, sums);
                        break;
                    case IntegerVectors.Bits256:
                        Tile256(weights + tile.FirstWeight, gathered, groups, sums);
                        break;
                    case IntegerVectors.None:
                        TilePlain(weights + tile.FirstWeight, gathered, groups, sums);
                        break;
                    default:
                        throw IntegerDot.Unknown(vectors);
                }
            }
        }
    }

    // A group at a time, which is one store instead of four.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(int* columns, int count, byte* x, short* gathered)
    {
        for (int c = 0; c < count; c += IntegerTiles.Group)
        {
            ulong group = x[columns[c]] | ((ulong)x[columns[c + 1]] << 16) | ((ulong)x[columns[c + 2]] << 32) | ((ulong)x[columns[c + 3]] << 48);
            *(ulong*)(gathered + c) = group;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(int* columns, int count, byte* x, byte* gathered)
    {
        for (int c = 0; c < count; c += IntegerTiles.Group)
            *(int*)(gathered + c) = x[columns[c]] | (x[columns[c + 1]] << 8) | (x[columns[c + 2]] << 16) | (x[columns[c + 3]] << 24);
    }

    // A piece is written whole, and the next one over what it had no columns for.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(ColumnPieces pieces, int tile, byte* x, short* gathered)
    {
        fixed (int* bases = pieces.Bases, counts = pieces.Counts)
        fixed (byte* inputs = pieces.Inputs)
        {
            int end = pieces.Starts[tile + 1];
            for (int piece = pieces.Starts[tile]; piece < end; piece++)
            {
                byte* from = x + bases[piece];
                Vector512<byte> bytes = Avx512Vbmi.PermuteVar64x8x2(
                    Vector512.Load(from), Vector512.Load(inputs + (piece * GatheredRows.Places)), Vector512.Load(from + 64));
                Avx512BW.ConvertToVector512Int16(bytes.GetLower()).Store(gathered);
                Avx512BW.ConvertToVector512Int16(bytes.GetUpper()).Store(gathered + 32);
                gathered += counts[piece];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(ColumnPieces pieces, int tile, byte* x, byte* gathered)
    {
        fixed (int* bases = pieces.Bases, counts = pieces.Counts)
        fixed (byte* inputs = pieces.Inputs)
        {
            int end = pieces.Starts[tile + 1];
            for (int piece = pieces.Starts[tile]; piece < end; piece++)
            {
                byte* from = x + bases[piece];
                Avx512Vbmi.PermuteVar64x8x2(
                    Vector512.Load(from), Vector512.Load(inputs + (piece * GatheredRows.Places)), Vector512.Load(from + 64)).Store(gathered);
                gathered += counts[piece];
            }
        }
    }

    private static void TilePlain(sbyte* w, short* x, int groups, int* sums)
    {
        new Span<int>(sums, IntegerTiles.Rows).Clear();
        for (int g = 0; g < groups; g++)
        {
            for (int r = 0; r < IntegerTiles.Rows; r++)
            {
                for (int c = 0; c < IntegerTiles.Group; c++)
                    sums[r] += *w++ * x[(g * IntegerTiles.Group) + c];
            }
        }
    }

    // A vector of four rows holds two sums for each, which are added at the end.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile256(sbyte* w, short* x, int groups, int* sums)
    {
        Vector256<int> a = default, b = default, c = default, d = default;
        for (int g = 0; g < groups; g++, w += 64)
        {
            Vector256<short> four = Vector256.Create(((long*)x)[g]).AsInt16();
            a = IntegerDot.Add(a, four, Avx2.ConvertToVector256Int16(w));
            b = IntegerDot.Add(b, four, Avx2.ConvertToVector256Int16(w + 16));
            c = IntegerDot.Add(c, four, Avx2.ConvertToVector256Int16(w + 32));
            d = IntegerDot.Add(d, four, Avx2.ConvertToVector256Int16(w + 48));
        }

        InOrder(Avx2.HorizontalAdd(a, b)).Store(sums);
        InOrder(Avx2.HorizontalAdd(c, d)).Store(sums + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile512(sbyte* w, short* x, int groups, int* sums)
    {
        Vector512<int> a = default, b = default;
        for (int g = 0; g < groups; g++, w += 64)
        {
            Vector512<short> four = Vector512.Create(((long*)x)[g]).AsInt16();
            a = IntegerDot.Add(a, four, Avx512BW.ConvertToVector512Int16(Vector256.Load(w)));
            b = IntegerDot.Add(b, four, Avx512BW.ConvertToVector512Int16(Vector256.Load(w + 32)));
        }

        InOrder(Avx2.HorizontalAdd(a.GetLower(), a.GetUpper())).Store(sums);
        InOrder(Avx2.HorizontalAdd(b.GetLower(), b.GetUpper())).Store(sums + 8);
    }

    // A vector has the four weights of eight rows; two groups at a time, since a sum waits for the one before it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TileOfBytes(sbyte* w, byte* x, int groups, int* sums)
    {
        Vector256<int> a = default, b = default, c = default, d = default;
        int g = 0;
        for (; g < groups - 1; g += 2, w += 128)
        {
            Vector256<byte> first = Vector256.Create(((int*)x)[g]).AsByte(), second = Vector256.Create(((int*)x)[g + 1]).AsByte();
            a = IntegerDot.Add(a, first, Vector256.Load(w));
            b = IntegerDot.Add(b, first, Vector256.Load(w + 32));
            c = IntegerDot.Add(c, second, Vector256.Load(w + 64));
            d = IntegerDot.Add(d, second, Vector256.Load(w + 96));
        }

        if (g < groups)
        {
            Vector256<byte> last = Vector256.Create(((int*)x)[g]).AsByte();
            a = IntegerDot.Add(a, last, Vector256.Load(w));
            b = IntegerDot.Add(b, last, Vector256.Load(w + 32));
        }

        (a + c).Store(sums);
        (b + d).Store(sums + 8);
    }

    /// <summary>Undoes the order of HorizontalAdd, which works on halves of vectors.</summary>
    private static Vector256<int> InOrder(Vector256<int> sums) => Avx2.Permute4x64(sums.AsInt64(), 0b11_01_10_00).AsInt32();
}
