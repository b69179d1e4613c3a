using Fpe.Quantization;

namespace Fpe.Runtime.Tests.Quantization;

public class ValueScaleTests
{
    [Theory]
    [InlineData(0, 255, 1, 0)]
    [InlineData(3, 255, 1, 0)]
    [InlineData(-255, -3, 1, 255)]
    [InlineData(-51, 204, 1, 51)]
    [InlineData(0, 0, 1, 0)]
    public void A_range_and_0_are_covered(double smallest, double largest, float scale, byte zero) =>
        Assert.Equal(new ValueScale(scale, zero), ValueScale.Of(smallest, largest));

    [Fact]
    public void A_number_becomes_the_nearest_byte_and_0_is_exact()
    {
        var random = new Random(1);
        for (int round = 0; round < 1000; round++)
        {
            double smallest = -random.NextDouble() * 10, largest = random.NextDouble() * 10;
            var scale = ValueScale.Of(smallest, largest);
            Assert.Equal(0, scale.Restore(scale.Quantize(0)));
            float number = (float)(smallest + (random.NextDouble() * (largest - smallest)));
            Assert.InRange(scale.Restore(scale.Quantize(number)) - number, -scale.Scale * 1.001f, scale.Scale * 1.001f);
            Assert.Equal(byte.MaxValue, scale.Quantize(float.MaxValue));
            Assert.Equal(0, scale.Quantize(float.MinValue));
        }
    }
}
