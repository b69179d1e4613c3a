using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>
/// Products of matrices in each lane: c[i, j] = Σ_t a[t, i] · b[t, j]. No number is used twice in a lane, so a tile of sums in registers is
/// what saves loads. Where rows or columns are not a multiple of a tile, tiles overlap; all compute a sum in the same order.
/// </summary>
internal static unsafe class LaneProduct
{
    private const int Tile = 4;

    /// <summary>Computes a product.</summary>
    /// <param name="width">Width of the vectors.</param>
    /// <param name="lanes">Lanes to compute: 8 or 16.</param>
    /// <param name="a">[terms, rows].</param>
    /// <param name="b">[terms, columns].</param>
    /// <param name="c">Receives the product: [rows, columns].</param>
    /// <param name="terms">Terms of a sum.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute(
        VectorWidth width, int lanes, LaneMatrix a, LaneMatrix b, LaneMatrix c, int terms, int rows, int columns)
    {
        bool isWide = width == VectorWidth.Bits512 && lanes == Panel.Width && rows >= Tile && columns >= Tile;
        int height = rows >= Tile ? Tile : 1;
        int breadth = height == 1 ? 1 : isWide ? Tile : columns >= 2 ? 2 : 1;
        for (int i = 0; i < rows; i += height)
        {
            int row = Math.Min(i, rows - height);
            for (int j = 0; j < columns; j += breadth)
            {
                int column = Math.Min(j, columns - breadth);
                float* from = a.Values + row * a.ByColumn;
                float* with = b.Values + column * b.ByColumn;
                float* to = c.Values + row * c.ByRow + column * c.ByColumn;
                if (isWide)
                    Four(from, a, with, b, to, c, terms);
                for (int lane = 0; lane < lanes && !isWide; lane += Vector256<float>.Count)
                {
                    if (breadth == 2)
                        FourByTwo(from + lane, a, with + lane, b, to + lane, c, terms);
                    else if (height == Tile)
                        Column(from + lane, a, with + lane, b, to + lane, c, terms);
                    else
                        Single(from + lane, a, with + lane, b, to + lane, terms);
                }
            }
        }
    }

    /// <summary>Computes 4 × 4 sums of 16 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(float* a, in LaneMatrix aMatrix, float* b, in LaneMatrix bMatrix, float* to, in LaneMatrix cMatrix, int terms)
    {
        nint a1 = aMatrix.ByColumn, a3 = 3 * a1, aStep = aMatrix.ByRow;
        nint b1 = bMatrix.ByColumn, b3 = 3 * b1, bStep = bMatrix.ByRow;
        Vector512<float> c00 = default, c01 = default, c02 = default, c03 = default;
        Vector512<float> c10 = default, c11 = default, c12 = default, c13 = default;
        Vector512<float> c20 = default, c21 = default, c22 = default, c23 = default;
        Vector512<float> c30 = default, c31 = default, c32 = default, c33 = default;
        for (int t = 0; t < terms; t++, a += aStep, b += bStep)
        {
            var b0 = Vector512.Load(b);
            var bOne = Vector512.Load(b + b1);
            var bTwo = Vector512.Load(b + 2 * b1);
            var bThree = Vector512.Load(b + b3);
            var factor = Vector512.Load(a);
            c00 = Vector512.MultiplyAddEstimate(factor, b0, c00);
            c01 = Vector512.MultiplyAddEstimate(factor, bOne, c01);
            c02 = Vector512.MultiplyAddEstimate(factor, bTwo, c02);
            c03 = Vector512.MultiplyAddEstimate(factor, bThree, c03);
            factor = Vector512.Load(a + a1);
            c10 = Vector512.MultiplyAddEstimate(factor, b0, c10);
            c11 = Vector512.MultiplyAddEstimate(factor, bOne, c11);
            c12 = Vector512.MultiplyAddEstimate(factor, bTwo, c12);
            c13 = Vector512.MultiplyAddEstimate(factor, bThree, c13);
            factor = Vector512.Load(a + 2 * a1);
            c20 = Vector512.MultiplyAddEstimate(factor, b0, c20);
            c21 = Vector512.MultiplyAddEstimate(factor, bOne, c21);
            c22 = Vector512.MultiplyAddEstimate(factor, bTwo, c22);
            c23 = Vector512.MultiplyAddEstimate(factor, bThree, c23);
            factor = Vector512.Load(a + a3);
            c30 = Vector512.MultiplyAddEstimate(factor, b0, c30);
            c31 = Vector512.MultiplyAddEstimate(factor, bOne, c31);
            c32 = Vector512.MultiplyAddEstimate(factor, bTwo, c32);
            c33 = Vector512.MultiplyAddEstimate(factor, bThree, c33);
        }

        nint row = cMatrix.ByRow, column = cMatrix.ByColumn;
        Store(to, column, c00, c01, c02, c03);
        Store(to + row, column, c10, c11, c12, c13);
        Store(to + 2 * row, column, c20, c21, c22, c23);
        Store(to + 3 * row, column, c30, c31, c32, c33);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        float* to, nint column, Vector512<float> first, Vector512<float> second, Vector512<float> third, Vector512<float> fourth)
    {
        first.Store(to);
        second.Store(to + column);
        third.Store(to + 2 * column);
        fourth.Store(to + 3 * column);
    }

    /// <summary>Computes 4 × 2 sums of 8 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByTwo(
        float* a, in LaneMatrix aMatrix, float* b, in LaneMatrix bMatrix, float* to, in LaneMatrix cMatrix, int terms)
    {
        nint a1 = aMatrix.ByColumn, a3 = 3 * a1, aStep = aMatrix.ByRow;
        nint b1 = bMatrix.ByColumn, bStep = bMatrix.ByRow;
        Vector256<float> c00 = default, c01 = default, c10 = default, c11 = default;
        Vector256<float> c20 = default, c21 = default, c30 = default, c31 = default;
        for (int t = 0; t < terms; t++, a += aStep, b += bStep)
        {
            var b0 = Vector256.Load(b);
            var bOne = Vector256.Load(b + b1);
            var factor = Vector256.Load(a);
            c00 = Vector256.MultiplyAddEstimate(factor, b0, c00);
            c01 = Vector256.MultiplyAddEstimate(factor, bOne, c01);
            factor = Vector256.Load(a + a1);
            c10 = Vector256.MultiplyAddEstimate(factor, b0, c10);
            c11 = Vector256.MultiplyAddEstimate(factor, bOne, c11);
            factor = Vector256.Load(a + 2 * a1);
            c20 = Vector256.MultiplyAddEstimate(factor, b0, c20);
            c21 = Vector256.MultiplyAddEstimate(factor, bOne, c21);
            factor = Vector256.Load(a + a3);
            c30 = Vector256.MultiplyAddEstimate(factor, b0, c30);
            c31 = Vector256.MultiplyAddEstimate(factor, bOne, c31);
        }

        nint row = cMatrix.ByRow, column = cMatrix.ByColumn;
        c00.Store(to);
        c01.Store(to + column);
        c10.Store(to + row);
        c11.Store(to + row + column);
        c20.Store(to + 2 * row);
        c21.Store(to + 2 * row + column);
        c30.Store(to + 3 * row);
        c31.Store(to + 3 * row + column);
    }

    /// <summary>Computes 4 sums of one column, in 8 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Column(
        float* a, in LaneMatrix aMatrix, float* b, in LaneMatrix bMatrix, float* to, in LaneMatrix cMatrix, int terms)
    {
        nint a1 = aMatrix.ByColumn;
        Vector256<float> c0 = default, c1 = default, c2 = default, c3 = default;
        for (int t = 0; t < terms; t++, a += aMatrix.ByRow, b += bMatrix.ByRow)
        {
            var factor = Vector256.Load(b);
            c0 = Vector256.MultiplyAddEstimate(Vector256.Load(a), factor, c0);
            c1 = Vector256.MultiplyAddEstimate(Vector256.Load(a + a1), factor, c1);
            c2 = Vector256.MultiplyAddEstimate(Vector256.Load(a + 2 * a1), factor, c2);
            c3 = Vector256.MultiplyAddEstimate(Vector256.Load(a + 3 * a1), factor, c3);
        }

        c0.Store(to);
        c1.Store(to + cMatrix.ByRow);
        c2.Store(to + 2 * cMatrix.ByRow);
        c3.Store(to + 3 * cMatrix.ByRow);
    }

    /// <summary>Computes one sum of 8 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Single(float* a, in LaneMatrix aMatrix, float* b, in LaneMatrix bMatrix, float* to, int terms)
    {
        Vector256<float> sum = default;
        for (int t = 0; t < terms; t++, a += aMatrix.ByRow, b += bMatrix.ByRow)
            sum = Vector256.MultiplyAddEstimate(Vector256.Load(a), Vector256.Load(b), sum);
        sum.Store(to);
    }
}
