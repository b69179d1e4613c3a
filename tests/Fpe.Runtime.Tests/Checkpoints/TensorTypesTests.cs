using Fpe.Checkpoints;

namespace Fpe.Runtime.Tests.Checkpoints;

public sealed class TensorTypesTests
{
    [Theory]
    [InlineData("BOOL", 1)]
    [InlineData("U8", 1)]
    [InlineData("I8", 1)]
    [InlineData("F8_E4M3", 1)]
    [InlineData("F8_E5M2", 1)]
    [InlineData("U16", 2)]
    [InlineData("I16", 2)]
    [InlineData("F16", 2)]
    [InlineData("BF16", 2)]
    [InlineData("U32", 4)]
    [InlineData("I32", 4)]
    [InlineData("F32", 4)]
    [InlineData("U64", 8)]
    [InlineData("I64", 8)]
    [InlineData("F64", 8)]
    public void Formats_have_the_names_and_sizes_of_the_specification(string name, int size)
    {
        Assert.True(TensorTypes.TryParse(name, out TensorType type));
        Assert.Equal((name, size), (type.ToString(), type.Size()));
    }

    [Fact]
    public void Other_names_are_not_known() => Assert.False(TensorTypes.TryParse("f32", out _));

    [Theory]
    [InlineData(1, "U8")]
    [InlineData(256, "U8")]
    [InlineData(257, "U16")]
    [InlineData(65_536, "U16")]
    [InlineData(65_537, "U32")]
    [InlineData(1L << 32, "U32")]
    public void Indices_take_the_smallest_format_that_holds_them(long count, string name) => Assert.Equal(name, TensorTypes.ForIndicesBelow(count).ToString());
}
