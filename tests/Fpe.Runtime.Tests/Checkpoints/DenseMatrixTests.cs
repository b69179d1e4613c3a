using Fpe.Checkpoints;
using Fpe.Compute;

namespace Fpe.Runtime.Tests.Checkpoints;

public sealed class DenseMatrixTests
{
    private static readonly EdgeLayout Holed = EdgeLayout.Dense(2, 2).WithHoles(new([true, false, true, true]));

    [Fact]
    public void Holes_are_0_in_the_matrix() => Assert.Equal([7, 0, 8, 9], DenseMatrix.Of(Holed, [7, 0, 8, 9]));

    [Theory]
    [InlineData(0, -1)]
    [InlineData(5, 1)]
    public void A_number_in_a_hole_is_stray(double inHole, int expected)
    {
        Assert.Equal([7, 0, 8, 9], DenseMatrix.ToSlots(Holed, [7, inHole, 8, 9], out int stray));
        Assert.Equal(expected, stray);
    }
}
