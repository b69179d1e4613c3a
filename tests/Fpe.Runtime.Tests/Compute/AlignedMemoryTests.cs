using Fpe.Compute.Cpu;

namespace Fpe.Runtime.Tests.Compute;

public class AlignedMemoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData((2 << 20) - 4)]
    [InlineData(2 << 20)]
    [InlineData((2 << 20) + 4)]
    [InlineData((9 << 20) + 64)]
    public unsafe void Memory_is_zero_and_starts_at_a_line_or_where_it_holds_one_at_a_huge_page(int bytes)
    {
        using var memory = new AlignedMemory(bytes);
        Assert.True(memory.Size >= Math.Max(bytes, AlignedMemory.Alignment));
        Assert.Equal(0u, (nuint)memory.Floats % (HugePages.Hold(bytes) ? HugePages.Size : AlignedMemory.Alignment));
        Assert.Equal(-1, new Span<byte>(memory.Floats, (int)memory.Size).IndexOfAnyExcept((byte)0));

        memory.Floats[(memory.Size / sizeof(float)) - 1] = 1;
        memory.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _ = (nint)memory.Floats);
    }
}
