using Fpe.Data.Files;

namespace Fpe.Runtime.Tests.Data;

public sealed class TextLinesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "1:a")]
    [InlineData("a\nb\n", "1:a 2:b")]
    [InlineData("a\r\nb\r\nc", "1:a 2:b 3:c")]
    [InlineData("a\r\n\nb", "1:a 2: 3:b")]
    [InlineData("a\r\n\r\nb\r\n", "1:a 2: 3:b")]
    [InlineData("a\r\rb\n\r", "1:a 2: 3:b 4:")]
    [InlineData("\n\ra", "1: 2: 3:a")]
    public void Lines_have_their_numbers_however_the_text_comes(string text, string expected)
    {
        foreach (int atOnce in new[] { 1, 2, 3, int.MaxValue })
        {
            var lines = new TextLines(new SlowReader(text, atOnce), "x", longest: 100, "");
            var found = new List<string>();
            while (lines.TryRead(out ReadOnlySpan<char> line))
                found.Add($"{lines.Number}:{line}");
            Assert.Equal(expected, string.Join(' ', found));
            Assert.Equal(found.Count, lines.Number);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    public void The_longest_line_is_read_wherever_it_stands(int longest)
    {
        string line = new('x', longest);
        var lines = new TextLines(new StringReader($"{line}\n{line}\r\n{line}x"), "file", longest, "divide it.");
        for (int number = 1; number <= 2; number++)
        {
            Assert.True(lines.TryRead(out ReadOnlySpan<char> read));
            Assert.Equal(line, read.ToString());
        }

        Assert.StartsWith(
            $"file: line 3: the line is longer than the maximum of {longest} characters; divide it.",
            Assert.Throws<FileUnsupportedException>(() => lines.TryRead(out _)).Message, StringComparison.Ordinal);
    }

    /// <summary>Gives a few characters at once, as a file on a slow connection does.</summary>
    private sealed class SlowReader(string text, int atOnce) : StringReader(text)
    {
        public override int Read(char[] buffer, int index, int count) => base.Read(buffer, index, Math.Min(count, atOnce));
    }
}
