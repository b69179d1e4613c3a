using System.IO.Compression;
using Fpe.Data;
using Fpe.Data.Files;
using Fpe.Fuzz.Formats;

namespace Fpe.Runtime.Tests.Data;

public sealed class CsvClassesTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Lines_are_samples_with_their_class_last()
    {
        Dataset dataset = Read("0,16,2\n8, 4 ,0\r\n\n");
        Assert.Equal((2, 2, 3), (dataset.Count, dataset.FeatureCount, dataset.OutputCount));
        Assert.Equal([0f, 1f], dataset.Sample(0));
        Assert.Equal([0.5f, 0.25f], dataset.Sample(1));
        Assert.Equal((2, 0), (dataset.Label(0), dataset.Label(1)));
    }

    [Theory]
    [InlineData("1,2,0\n1,x,0\n", "d.csv: line 2: value 2 is 'x', which is not a finite number; correct it or remove the line.")]
    [InlineData("1,NaN,0\n", "d.csv: line 1: value 2 is 'NaN', which is not a finite number; correct it or remove the line.")]
    [InlineData("1,1e39,0\n", "d.csv: line 1: value 2 is '1e39', which is not a finite number; correct it or remove the line.")]
    [InlineData("1,2,0\n1,\u001b[2J,0\n", "d.csv: line 2: value 2 is '\uFFFD[2J', which is not a finite number; correct it or remove the line.")]
    [InlineData("1,2\n", "d.csv: line 1: 2 fields, but 2 values and a class require 3; correct the line.")]
    [InlineData("1,2,0,9\n", "d.csv: line 1: 4 fields, but 2 values and a class require 3; correct the line.")]
    [InlineData("1,2,0\n\n1,2", "d.csv: line 3: 2 fields, but 2 values and a class require 3; correct the line.")]
    public void Wrong_lines_are_named(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FileCorruptException>(() => Read(text)).Message);

    [Theory]
    [InlineData("1,2,3\n", "d.csv: line 1: '3' is not a class from 0 to 2; correct it or the number of classes.")]
    [InlineData("1,2,-1\n", "d.csv: line 1: '-1' is not a class from 0 to 2; correct it or the number of classes.")]
    [InlineData("1,2,0\n1,2,0.5\n", "d.csv: line 2: '0.5' is not a class from 0 to 2; correct it or the number of classes.")]
    public void Wrong_classes_are_named(string text, string message)
    {
        var error = Assert.Throws<FileMislabelledException>(() => Read(text));
        Assert.Equal(message, error.Message);
        Assert.Equal(FilePlaceUnit.Line, error.Place.Unit);
    }

    [Theory]
    [InlineData("1;2;0\n", "its values are separated by semicolons, but only commas are supported here; read it with CsvTable of the package Fpe.Tables, or separate them with commas.")]
    [InlineData("1\t2\t0\n", "its values are separated by tabs, but only commas are supported here; read it with CsvTable of the package Fpe.Tables, or separate them with commas.")]
    [InlineData("a,b,class\n1,2,0\n", "value 1 is 'a', which is not a number, so this can be a header or a column of names; read the file with CsvTable of the package Fpe.Tables, or correct the line.")]
    [InlineData("1,\u001b[2J,0\n", "value 2 is '\uFFFD[2J', which is not a number, so this can be a header or a column of names; read the file with CsvTable of the package Fpe.Tables, or correct the line.")]
    [InlineData("1\0,\0002\0,\0000\0\n\0", "every other byte is 0, as in UTF-16 text; save it as UTF-8.")]
    public void What_is_not_read_is_named(string text, string problem) =>
        Assert.Equal($"d.csv: line 1: {problem}", Assert.Throws<FileUnsupportedException>(() => Read(text)).Message);

    [Theory]
    [InlineData("1,2,0\n1,2\0,0\n", 2, 4)]
    [InlineData("1,2,0\n1,2,0\n\0\0\0\0", 3, 1)]
    [InlineData("1,2,0\0\n", 1, 6)]
    public void A_NUL_is_damage(string text, int line, int character) =>
        Assert.Equal(
            $"d.csv: line {line}: character {character} is a NUL, which text does not contain; the file is damaged or not a text file: fetch it again.",
            Assert.Throws<FileCorruptException>(() => Read(text)).Message);

    [Theory]
    [InlineData("1,2,0\r\r\n1,2,1")]
    [InlineData("\uFEFF1,2,0\r1,2,1\r")]
    [InlineData("\n\r\n1,2,0\n\n1,2,1\n\n")]
    public void Lines_end_as_they_do_anywhere(string text)
    {
        Dataset dataset = CsvClasses.Read(folder.Write("lines.csv", System.Text.Encoding.UTF8.GetBytes(text)), 2, 3);
        Assert.Equal([1, 2, 1, 2], dataset.Features!);
        Assert.Equal((0, 1), (dataset.Label(0), dataset.Label(1)));
    }

    [Fact]
    public void Lines_are_counted_as_their_ends_are()
    {
        string text = "1,2,0\r\n" + new string(' ', 3000) + "\r\r\nx,2,1\n";
        Assert.StartsWith("d.csv: line 4: value 1 is 'x'", Assert.Throws<FileCorruptException>(() => Read(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_line_is_read_and_a_longer_one_is_not()
    {
        string longest = "1,2,0".PadRight(1 << 16);
        Assert.Equal(2, Read(longest + "\n" + longest).Count);
        Assert.Equal(
            "d.csv: line 2: the line is longer than the maximum of 65536 characters; check whether this is a file of comma-separated values, and whether the number of values is correct.",
            Assert.Throws<FileUnsupportedException>(() => Read(longest + "\n" + longest + " ")).Message);
    }

    [Fact]
    public void A_line_without_end_takes_no_more_memory_than_the_longest_one()
    {
        using var endless = new EndlessText();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<FileUnsupportedException>(() => CsvClasses.Read(endless, "d.csv", 2, 3));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Files_of_other_kinds_are_called_what_they_are()
    {
        string page = folder.Write("d.csv", "\uFEFF\n<html>"u8.ToArray());
        Assert.Equal(
            $"{page}: line 1: it is not a text of comma-separated values: it is a web page (HTML or XML), which a server sent instead of the file; open it to see what is wrong, and fetch the file itself.",
            Assert.Throws<FileUnsupportedException>(() => CsvClasses.Read(page, 2, 3)).Message);
        string compressed = folder.Write("d.csv", Gzip.Pack("1,2,0\n"u8.ToArray()));
        Assert.Equal(
            $"{compressed}: line 1: it is not a text of comma-separated values: it is a gzip file; decompress it; a data file can stay compressed if its name ends in .gz.",
            Assert.Throws<FileUnsupportedException>(() => CsvClasses.Read(compressed, 2, 3)).Message);
    }

    [Fact]
    public void A_value_that_the_scale_makes_too_large_is_named_with_both() => Assert.Equal(
        "d.csv: line 1: value 2 is '-3e38', which multiplied by the scale of 2 is not a finite number; use a smaller scale, correct the value or remove the line.",
        Assert.Throws<FileCorruptException>(() => CsvClasses.Read(new StringReader("1,-3e38,0\n"), "d.csv", 2, 3, scale: 2)).Message);

    [Fact]
    public void An_empty_text_has_no_samples() =>
        Assert.Equal("d.csv: it has no samples; each line must be one.", Assert.Throws<FileEmptyException>(() => Read("\n \n")).Message);

    [Fact]
    public void Long_fields_are_cut_in_messages() =>
        Assert.Equal(
            $"d.csv: line 2: value 1 is '{new string('x', 40)}…', which is not a finite number; correct it or remove the line.",
            Assert.Throws<FileCorruptException>(() => Read("1,1,0\n" + new string('x', 5000) + ",1,0")).Message);

    [Fact]
    public void Missing_and_damaged_files_are_named()
    {
        string missing = folder.PathOf("missing.csv");
        Assert.Equal($"{missing}: the file does not exist; check the path.", Assert.Throws<FileMissingException>(() => CsvClasses.Read(missing, 2, 3)).Message);
        Assert.StartsWith($"{folder.Path}: it cannot be opened:", Assert.Throws<FileUnreadableException>(() => CsvClasses.Read(folder.Path, 2, 3)).Message, StringComparison.Ordinal);

        string damaged = folder.Write("damaged.csv.gz", "this is no gzip file"u8.ToArray());
        Assert.StartsWith($"{damaged}: byte 0: its name ends in .gz, but it is plain text;", Assert.Throws<FileUnsupportedException>(() => CsvClasses.Read(damaged, 2, 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressed_file_that_is_cut_anywhere_is_an_error()
    {
        byte[] whole = Gzip.Pack("1,2,0\n1,2,1\n1,2,2\n"u8.ToArray());
        Assert.Equal(3, CsvClasses.Read(folder.Write("whole.csv.gz", whole), 2, 3).Count);
        for (int length = 0; length < whole.Length; length++)
        {
            string cut = folder.Write("cut.csv.gz", whole[..length]);
            Assert.ThrowsAny<DataFileException>(() => CsvClasses.Read(cut, 2, 3));
        }
    }

    [Fact]
    public void A_small_file_that_expands_without_end_is_refused()
    {
        var lines = new byte[4_000_000];
        lines.AsSpan().Fill((byte)'\n');
        string bomb = folder.Write("bomb.csv.gz", Gzip.Pack(lines, CompressionLevel.Optimal));
        string message = Assert.Throws<FileOversizedException>(() => CsvClasses.Read(bomb, 2, 3)).Message;
        Assert.StartsWith($"{bomb}: byte ", message, StringComparison.Ordinal);
        Assert.EndsWith(": it expands to more than 128 times its size; if that is intended, decompress it first and read the plain file.", message, StringComparison.Ordinal);
    }

    private sealed class EndlessText : TextReader
    {
        public override int Read(char[] buffer, int index, int count)
        {
            buffer.AsSpan(index, count).Fill('1');
            return count;
        }
    }

    private static Dataset Read(string text)
    {
        using var reader = new StringReader(text);
        return CsvClasses.Read(reader, "d.csv", 2, 3, 1 / 16f);
    }
}
