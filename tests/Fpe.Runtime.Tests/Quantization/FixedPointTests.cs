using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Fpe.Quantization;

namespace Fpe.Runtime.Tests.Quantization;

public class FixedPointTests
{
    [Fact]
    public void A_product_is_rounded_to_the_nearest_and_halves_up()
    {
        FixedPoint half = FixedPoint.Of([0.25])!;
        Assert.Equal(32, half.Shift);
        Assert.Equal([-1, -1, 0, 0, 0, 0, 1, 1], new[] { -5, -4, -2, -1, 0, 1, 2, 3 }.Select(sum => FixedPoint.Apply(sum, half.Multipliers[0], half.Shift)));
    }

    [Fact]
    public void Products_are_those_of_the_factors_to_a_billionth()
    {
        var random = new Random(1);
        for (int round = 0; round < 1000; round++)
        {
            double factor = Math.Pow(10, random.NextDouble() * 8 - 6);
            FixedPoint point = FixedPoint.Of([factor])!;
            Assert.InRange(point.Shift, 1, 32);
            int sum = random.Next(-1_000_000, 1_000_000);
            double exact = sum * factor;
            Assert.True(Math.Abs(FixedPoint.Apply(sum, point.Multipliers[0], point.Shift) - exact) <= 0.5 + Math.Abs(sum) * Math.Pow(2, -point.Shift), $"{sum} · {factor}");
        }
    }

    [Fact]
    public void Factors_share_the_shift_that_the_largest_allows()
    {
        FixedPoint point = FixedPoint.Of([3, 0.5, 0])!;
        Assert.Equal((29, 3 << 29, 1 << 28, 0), (point.Shift, point.Multipliers[0], point.Multipliers[1], point.Multipliers[2]));
        Assert.Null(FixedPoint.Of([Math.ScaleB(1, 31)]));
    }

    [Fact]
    public void Vectors_give_the_bits_of_the_loop()
    {
        if (!Avx2.IsSupported)
            return;
        var random = new Random(1);
        for (int round = 0; round < 2000; round++)
        {
            int shift = random.Next(1, 33);
            // The result has to fit into 32 bits, as Quantizer makes sure.
            int[] multipliers = [.. Enumerable.Range(0, 16).Select(_ => random.Next(0, (int)Math.Min(int.MaxValue, 1L << Math.Min(30, shift + 6))))];
            int[] sums = [.. Enumerable.Range(0, 16).Select(_ => random.Next(-(1 << 24), 1 << 24))];
            int[] expected = [.. sums.Zip(multipliers, (sum, multiplier) => FixedPoint.Apply(sum, multiplier, shift))];
            var actual = new int[16];
            for (int i = 0; i < actual.Length; i += 8)
                FixedPoint.Apply(Vector256.Create(sums, i), Vector256.Create(multipliers, i), shift).CopyTo(actual, i);
            Assert.Equal(expected, actual);
            if (!Avx512F.IsSupported)
                continue;
            FixedPoint.Apply(Vector512.Create(sums), Vector512.Create(multipliers), shift).CopyTo(actual);
            Assert.Equal(expected, actual);
        }
    }
}
