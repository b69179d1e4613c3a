using System.Buffers;
using System.Text;
using Fpe.Cli.Results;

namespace Fpe.Cli.Tests.Results;

public class LineBlocksTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a\n", "")]
    [InlineData("a", "a")]
    [InlineData("\n\n\n", "")]
    [InlineData("a\r\nb\r\n", "")]
    [InlineData("a\n\nb", "b")]
    [InlineData("0123456789abcde\n0123456789abcdef\n0123456789abcdefg\n", "")]
    [InlineData("short\n0123456789012345678901234567890123456789012345678901234567890123456789\nshort\nend", "end")]
    public void Blocks_end_with_lines_and_together_are_the_text(string text, string rest)
    {
        foreach (int size in (int[])[1, 16, 17, 32, 1 << 20])
        {
            foreach (int atATime in (int[])[1, 3, int.MaxValue])
            {
                var blocks = new LineBlocks(new SlowStream(Encoding.UTF8.GetBytes(text), atATime), size);
                var read = new StringBuilder();
                while (blocks.Next() is { } block)
                {
                    Assert.Equal(read.Length, block.Start);
                    Assert.Equal(LineBlocks.LineEnd, block.Buffer[block.Length - 1]);
                    read.Append(Encoding.UTF8.GetString(block.Buffer, 0, block.Length));
                    ArrayPool<byte>.Shared.Return(block.Buffer);
                }

                Assert.Equal(read.Length, blocks.Position);
                Assert.Equal(rest, Encoding.UTF8.GetString(blocks.Rest));
                Assert.Equal(text, read + rest);
            }
        }
    }

    // A stream that returns fewer bytes than asked for, as a pipe does.
    private sealed class SlowStream(byte[] content, int atATime) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, atATime));
    }
}
