using Samples.Paper.Results;

namespace Samples.Paper.Tests.Results;

public class SmallerFormTests
{
    [Fact]
    public void A_short_loss_curve_is_kept_and_a_long_one_averaged()
    {
        Assert.Equal([3, 2, 1], LossCurve.Of([3, 2, 1]));
        Assert.Empty(LossCurve.Of([]));

        IReadOnlyList<double> curve = LossCurve.Of([.. Enumerable.Range(0, 100).Select(epoch => (double)epoch)]);
        Assert.Equal(Enumerable.Range(0, 50).Select(point => (2 * point) + 0.5), curve);
        Assert.All(LossCurve.Of([.. Enumerable.Repeat(1.0, 1234)]), value => Assert.Equal(1, value, 12));
    }

    [Fact]
    public void A_small_matrix_is_its_own_picture()
    {
        MatrixPicture picture = MatrixPicture.Of([1, -2, 3, 4, 5, 6], rows: 2, columns: 3);

        Assert.Equal((2, 3, 2, 3), (picture.MatrixRows, picture.MatrixColumns, picture.Rows, picture.Columns));
        Assert.Equal([1, -2, 3, 4, 5, 6], picture.Cells);
    }

    [Fact]
    public void A_cell_shows_the_value_of_largest_magnitude()
    {
        var matrix = new double[3 * 128];
        matrix[(1 * 128) + 6] = -3;
        matrix[(1 * 128) + 7] = 2;
        matrix[(2 * 128) + 127] = 5;
        MatrixPicture picture = MatrixPicture.Of(matrix, rows: 3, columns: 128);

        Assert.Equal((3, 64), (picture.Rows, picture.Columns));
        Assert.Equal(-3, picture.Cells[64 + 3]);
        Assert.Equal(5, picture.Cells[^1]);
        Assert.Equal(2, picture.Cells.Count(cell => cell != 0));
    }
}
