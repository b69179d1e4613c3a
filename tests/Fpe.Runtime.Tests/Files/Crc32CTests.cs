using Fpe.Files;

namespace Fpe.Runtime.Tests.Files;

public class Crc32CTests
{
    [Fact]
    public void The_check_value_is_that_of_the_standard() => Assert.Equal(0xE3069283u, Of("123456789"u8));

    /// <summary>RFC 3720, B.4: 32 bytes of zeros, of ones, and ascending.</summary>
    [Fact]
    public void Its_examples_are_those_of_the_standard()
    {
        Assert.Equal(0x8A9136AAu, Of(new byte[32]));
        Assert.Equal(0x62A8AB43u, Of([.. Enumerable.Repeat((byte)0xFF, 32)]));
        Assert.Equal(0x46DD794Eu, Of([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
    }

    [Fact]
    public void Pieces_give_the_same_as_the_whole()
    {
        byte[] bytes = [.. Enumerable.Range(0, 100).Select(i => (byte)(i * 7))];
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            var checksum = new Crc32C();
            checksum.Add(bytes.AsSpan(0, cut));
            checksum.Add(bytes.AsSpan(cut));
            Assert.Equal(Of(bytes), checksum.Value);
        }
    }

    private static uint Of(ReadOnlySpan<byte> bytes)
    {
        var checksum = new Crc32C();
        checksum.Add(bytes);
        return checksum.Value;
    }
}
