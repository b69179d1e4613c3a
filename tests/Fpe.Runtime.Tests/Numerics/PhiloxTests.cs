using Fpe.Numerics;

namespace Fpe.Runtime.Tests.Numerics;

public class PhiloxTests
{
    /// <summary>The known answers of philox4x32-10 in the Random123 distribution (kat_vectors).</summary>
    [Theory]
    [InlineData(0x0000000000000000UL, 0x0000000000000000UL, 0x0000000000000000UL, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffffffffffUL, 0xffffffffffffffffUL, 0xffffffffffffffffUL, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x299f31d0a4093822UL, 0x0370734413198a2eUL, 0x85a308d3243f6a88UL, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Blocks_are_those_of_Random123(ulong seed, ulong stream, ulong block, uint x, uint y, uint z, uint w) =>
        Assert.Equal((x, y, z, w), Philox.Block(seed, stream, block));

    [Fact]
    public void Words_run_through_the_blocks()
    {
        for (ulong index = 0; index < 12; index++)
        {
            (uint x, uint y, uint z, uint w) = Philox.Block(5, 6, index / 4);
            Assert.Equal(new[] { x, y, z, w }[index % 4], Philox.Word(5, 6, index));
        }
    }

    [Fact]
    public void Uniform_numbers_are_below_1()
    {
        Assert.Equal(0, Philox.Uniform(0));
        Assert.Equal(1 - MathF.ScaleB(1, -24), Philox.Uniform(uint.MaxValue));
    }
}
