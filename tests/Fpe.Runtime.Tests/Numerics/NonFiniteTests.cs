using Fpe.Numerics;

namespace Fpe.Runtime.Tests.Numerics;

public class NonFiniteTests
{
    [Fact]
    public void The_first_one_is_found_wherever_it_is()
    {
        for (int length = 0; length < 70; length++)
        {
            float[] values = [.. Enumerable.Range(0, length).Select(i => i % 3 == 0 ? -float.MaxValue : i % 3 == 1 ? float.MaxValue : float.Epsilon)];
            Assert.Equal(-1, NonFinite.IndexIn(values));
            for (int i = length - 1; i >= 0; i--)
            {
                values[i] = (i % 3) switch { 0 => float.NaN, 1 => float.PositiveInfinity, _ => float.NegativeInfinity };
                Assert.Equal(i, NonFinite.IndexIn(values));
            }
        }
    }
}
