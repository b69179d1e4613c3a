using ILGPU;

namespace Fpe.Gpu.Compute;

/// <summary>
/// A part of a product C = A · B that a group of threads computes: 32 rows × 64 columns, summed over steps of 16. Both factors of a step are
/// loaded to shared memory, where every number is read 4 to 64 times; each thread keeps the sums of 4 × 4 elements in registers. 32 rows
/// are those of a block of <c>Share = 32</c>.
/// </summary>
internal struct ProductTile
{
    public const int Rows = 32, Columns = 64, Depth = 16, Threads = 128;

    /// <summary>A row of a factor in shared memory is a number longer, so that threads that write a column use different banks.</summary>
    public const int LeftStride = Rows + 1, RightStride = Columns + 1;

    private Four row0, row1, row2, row3;

    /// <summary>The first of the thread's 4 rows; the others follow.</summary>
    public static int FirstRow => Group.IdxX / 16 * 4;

    /// <summary>The first of the thread's 4 columns; the others are 16, 32 and 48 columns away.</summary>
    public static int FirstColumn => Group.IdxX % 16;

    /// <summary>Adds the product of a step: A is [depth, rows], B [depth, columns].</summary>
    public static ProductTile Add(ProductTile sums, ArrayView<float> left, ArrayView<float> right)
    {
        for (int k = 0; k < Depth; k++)
        {
            int l = (k * LeftStride) + FirstRow, r = (k * RightStride) + FirstColumn;
            var columns = new Four { X = right[r], Y = right[r + 16], Z = right[r + 32], W = right[r + 48] };
            sums.row0 = Four.Add(sums.row0, left[l], columns);
            sums.row1 = Four.Add(sums.row1, left[l + 1], columns);
            sums.row2 = Four.Add(sums.row2, left[l + 2], columns);
            sums.row3 = Four.Add(sums.row3, left[l + 3], columns);
        }

        return sums;
    }

    /// <summary>The sum of one of the thread's elements.</summary>
    public readonly float Sum(int row, int column)
    {
        Four sums = row == 0 ? row0 : row == 1 ? row1 : row == 2 ? row2 : row3;
        return column == 0 ? sums.X : column == 1 ? sums.Y : column == 2 ? sums.Z : sums.W;
    }

    internal struct Four
    {
        public float X, Y, Z, W;

        /// <summary>sums + factor · values.</summary>
        public static Four Add(Four sums, float factor, Four values) => new()
        {
            X = sums.X + (factor * values.X),
            Y = sums.Y + (factor * values.Y),
            Z = sums.Z + (factor * values.Z),
            W = sums.W + (factor * values.W),
        };
    }
}
