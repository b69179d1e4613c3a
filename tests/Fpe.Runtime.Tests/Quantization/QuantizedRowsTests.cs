using Fpe.Compute;
using Fpe.Quantization;

namespace Fpe.Runtime.Tests.Quantization;

public class QuantizedRowsTests
{
    /// <summary>
    /// The factor is a whole number and a half over 2³⁰, so the multiplier is rounded up by a half, which is one more for a sum of almost 2³¹.
    /// </summary>
    [Fact]
    public void A_product_that_only_fits_before_its_multiplier_is_rounded_is_refused()
    {
        const int Largest = 2_146_009_801;
        var input = new ValueScale(1 + (1 / 32768f), 0);
        float row = 1 + (43 / 65536f);
        Assert.InRange((double)input.Scale * row * Largest, 0, int.MaxValue - byte.MaxValue);
        Assert.Throws<QuantizationException>(() => Bytes(Largest));
        Assert.NotNull(Bytes(Largest - 2).Bytes);

        QuantizedLinear Bytes(int largest)
        {
            var output = new ValueScale(1, byte.MaxValue);
            EdgeLayout layout = EdgeLayout.Dense(1, 1);
            var numbers = new EdgeNumbers(layout, [1], [largest - byte.MaxValue], [row], output, Table: null, output);
            return new QuantizedRows("Net", "Hidden", numbers, input).ToBytes(layout);
        }
    }
}
