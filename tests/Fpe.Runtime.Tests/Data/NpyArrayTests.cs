using System.Buffers.Binary;
using Fpe.Data.Files;
using Fpe.Fuzz.Formats;

namespace Fpe.Runtime.Tests.Data;

public sealed class NpyArrayTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("|i1", "FF00", "-1 0")]
    [InlineData("|u1", "FF00", "255 0")]
    [InlineData("<i2", "FEFF0100", "-2 1")]
    [InlineData(">i2", "FFFE0001", "-2 1")]
    [InlineData("<u2", "FFFF0100", "65535 1")]
    [InlineData("<i4", "FEFFFFFF01000000", "-2 1")]
    [InlineData(">i4", "FFFFFFFE00000001", "-2 1")]
    [InlineData(">u4", "8000000000000001", "2147483648 1")]
    [InlineData("<i8", "FEFFFFFFFFFFFFFF0100000000000000", "-2 1")]
    [InlineData(">i8", "FFFFFFFFFFFFFFFE0000000000000001", "-2 1")]
    [InlineData("<u8", "00000000000000800100000000000000", "9223372036854775807 1")]
    public void Integers_of_all_sizes_and_orders_are_read(string descr, string hex, string expected)
    {
        NpyArray array = Open(NpyBytes.Array(descr, "(2,)", Convert.FromHexString(hex)));
        Assert.Equal(descr, array.Type.ToString());
        Assert.Equal(expected, string.Join(' ', array.ToInt64s()));
        Assert.Equal([.. expected.Split(' ').Select(float.Parse)], array.ToSingles());
    }

    [Theory]
    [InlineData("<f2", "003C00C1", 1, -2.5)]
    [InlineData(">f2", "3C00C100", 1, -2.5)]
    [InlineData("<f4", "0000803F000020C0", 1, -2.5)]
    [InlineData(">f4", "3F800000C0200000", 1, -2.5)]
    [InlineData("<f8", "000000000000F03F00000000000004C0", 1, -2.5)]
    [InlineData(">f8", "3FF0000000000000C004000000000000", 1, -2.5)]
    public void Floating_point_numbers_of_all_sizes_and_orders_are_read(string descr, string hex, float first, float second) =>
        Assert.Equal([first, second], Open(NpyBytes.Array(descr, "(2,)", Convert.FromHexString(hex))).ToSingles());

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void All_format_versions_are_read(int version)
    {
        NpyArray array = Open(NpyBytes.Array("|u1", "(2, 3)", [1, 2, 3, 4, 5, 6], version: version));
        Assert.Equal([2, 3], array.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], array.ToInt64s());
    }

    [Fact]
    public void Fortran_order_is_turned_into_C_order()
    {
        // a[i, j, k] = 100 i + 10 j + k of shape (2, 3, 2), the first index fastest
        byte[] content = [.. from k in Enumerable.Range(0, 2) from j in Enumerable.Range(0, 3) from i in Enumerable.Range(0, 2) select (byte)((100 * i) + (10 * j) + k)];
        NpyArray array = Open(NpyBytes.Array("|u1", "(2, 3, 2)", content, isFortranOrder: true));
        long[] expected = [0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121];
        Assert.Equal(expected, array.ToInt64s());
        Assert.Equal([.. expected.Select(value => (float)value)], array.ToSingles());
    }

    [Theory]
    [InlineData("<u1", "|u1", "07FF", "7 255")]
    [InlineData(">i1", "|i1", "07FF", "7 -1")]
    [InlineData("=u1", "|u1", "07FF", "7 255")]
    [InlineData("u1", "|u1", "07FF", "7 255")]
    [InlineData("=i2", "<i2", "0700FFFF", "7 -1")]
    [InlineData("|i2", "<i2", "0700FFFF", "7 -1")]
    [InlineData("|b1", "|b1", "0001", "0 1")]
    [InlineData("?b1", null, "0001", "")]
    [InlineData("<<u1", null, "0001", "")]
    [InlineData("<b1", "|b1", "00FF", "0 1")]
    public void Orders_that_mean_nothing_or_this_machine_are_read(string descr, string? type, string hex, string expected)
    {
        byte[] file = NpyBytes.Array(descr, "(2,)", Convert.FromHexString(hex));
        if (type is null)
        {
            Assert.Throws<FileUnsupportedException>(() => Open(file));
            return;
        }

        NpyArray array = Open(file);
        Assert.Equal(type, array.Type.ToString());
        Assert.Equal(expected, string.Join(' ', array.ToInt64s()));
        Assert.Equal([.. expected.Split(' ').Select(float.Parse)], array.ToSingles());
    }

    [Fact]
    public void Singles_in_the_order_of_this_machine_are_read() =>
        Assert.Equal([1, -2.5f], Open(NpyBytes.Array("=f4", "(2,)", NpyBytes.Singles(1, -2.5f))).ToSingles());

    [Fact]
    public void Shapes_are_read_as_Python_2_wrote_them() =>
        Assert.Equal([2, 10], Open(NpyBytes.Array("|u1", "(2L, 10L)", new byte[20])).Shape);

    [Fact]
    public void Files_of_several_arrays_and_of_other_kinds_are_called_what_they_are()
    {
        byte[] one = NpyBytes.Array("|u1", "(1,)", [7]);
        AssertError<FileUnsupportedException>([.. one, .. one], $"byte {one.Length}: another array follows, and only files of one are read; save each to a file of its own, or all with numpy.savez.");
        AssertError<FileUnsupportedException>("PK\u0003\u0004 and more"u8.ToArray(), "byte 0: it is not a file of numpy.save: it is a zip archive; unpack it; one of numpy.savez is read with NpyClasses.ReadNpz.");
        AssertError<FileUnsupportedException>([0x80, 4, 0x95, 1], "byte 0: it is not a file of numpy.save: it is a pickle of Python, which could run code on loading; load it in Python, and save its arrays with numpy.save.");
        AssertError<FileCorruptException>("something else"u8.ToArray(), "byte 0: it does not begin like a file of numpy.save; check the path.");
    }

    [Fact]
    public void Keys_come_in_any_order_and_quotes() =>
        Assert.Equal([7], Open(NpyBytes.OfHeader("{\"shape\":(1,),\"fortran_order\":True,\t'descr' : \"|u1\"}", [7])).ToInt64s());

    [Theory]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1,), 'descr': '|u1'}", 66, "the key 'descr' is unknown or occurs twice")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1,), 'extra': 1}", 66, "the key 'extra' is unknown or occurs twice")]
    [InlineData("{'descr': '|u1', 'fortran_order': False}", 64, "a header needs the keys 'descr', 'fortran_order' and 'shape'")]
    [InlineData("{'descr': '|u1', 'fortran_order': 0, 'shape': (1,)}", 44, "True or False is expected")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1)}", 62, "',' is expected")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (-1,)}", 61, "a size from 0 to 9223372036854775807 is expected")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (9223372036854775808,)}", 61, "a size from 0 to 9223372036854775807 is expected")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1,)} + exit()", 66, "something follows the dictionary")]
    [InlineData("__import__('os')", 10, "'{' is expected")]
    [InlineData("{'descr': '|u1", 20, "a string is not closed, or is not plain")]
    public void Headers_that_are_no_plain_dictionary_are_corrupt(string header, int at, string problem) =>
        AssertError<FileCorruptException>(NpyBytes.OfHeader(header, [7]), $"byte {at}: {problem} in the header; fetch the file again, or save it with numpy.save.");

    [Theory]
    [InlineData("'|O'", 20, "it holds Python objects, which could run code on loading; save numbers, as with numpy.save(path, numpy.asarray(x, 'float32')).")]
    [InlineData("[('a', '<i4'), ('b', '<f8')]", 20, "it holds records of several fields; save one field at a time, as with numpy.save(path, x['field']).")]
    [InlineData("'<U5'", 10, "numbers of type '<U5' cannot be read, only Booleans, integers of 8 to 64 and floating-point numbers of 16 to 64 bits; convert them, as with x.astype('float32').")]
    [InlineData("'<c8'", 10, "numbers of type '<c8' cannot be read, only Booleans, integers of 8 to 64 and floating-point numbers of 16 to 64 bits; convert them, as with x.astype('float32').")]
    [InlineData("'<i3'", 10, "numbers of type '<i3' cannot be read, only Booleans, integers of 8 to 64 and floating-point numbers of 16 to 64 bits; convert them, as with x.astype('float32').")]
    [InlineData("'<f16'", 10, "numbers of type '<f16' cannot be read, only Booleans, integers of 8 to 64 and floating-point numbers of 16 to 64 bits; convert them, as with x.astype('float32').")]
    [InlineData("('<f4', (3,))", 20, "its numbers are arrays themselves; save them as one array of more dimensions, as with numpy.save(path, numpy.array(x.tolist(), 'float32')).")]
    [InlineData("'|f1'", 10, "numbers of type '|f1' cannot be read, only Booleans, integers of 8 to 64 and floating-point numbers of 16 to 64 bits; convert them, as with x.astype('float32').")]
    public void What_is_no_number_is_not_read(string descr, int at, string message) =>
        AssertError<FileUnsupportedException>(NpyBytes.OfHeader($"{{'descr': {descr}, 'fortran_order': False, 'shape': (1,), }}", [7]), $"byte {at}: {message}");

    [Fact]
    public void Lengths_are_checked_against_the_file()
    {
        AssertError<FileEmptyException>([], "it has no bytes; fetch it again.");
        byte[] whole = NpyBytes.Array("<i4", "(2,)", new byte[8]);
        AssertError<FileTruncatedException>(whole[..7], "byte 7: the file ends within its header; fetch it again.");
        AssertError<FileTruncatedException>(whole[..100], "byte 100: the file ends within its header of 118 bytes; fetch it again.");
        AssertError<FileTruncatedException>(whole[..^1], "byte 135: the file ends after 7 of 8 bytes for 2 numbers of type <i4; fetch it again.");
        AssertError<FileCorruptException>([.. whole, 1], "byte 136: 1 bytes follow the 8 for 2 numbers of type <i4; fetch the file again.");
        AssertError<FileTruncatedException>(
            NpyBytes.Array("<i4", "(9223372036854775807, 9223372036854775807)", new byte[8]),
            "byte 136: the file ends after 8 of more than 9223372036854775807 bytes for 9223372036854775807 · 9223372036854775807 numbers of type <i4; fetch it again.");
        whole[6] = 4;
        AssertError<FileUnsupportedException>(whole, "byte 6: format version 4.0 is not among 1.0, 2.0 and 3.0; save it with another version.");

        byte[] longHeader = NpyBytes.Array("<i4", "(2,)", new byte[8], version: 2);
        BinaryPrimitives.WriteUInt32LittleEndian(longHeader.AsSpan(8), uint.MaxValue);
        AssertError<FileUnsupportedException>(longHeader, "byte 8: a header of 4294967295 bytes is longer than the 65536 that are read; save the numbers alone.");
    }

    [Fact]
    public void Numbers_that_are_none_or_too_large_are_named_with_their_byte()
    {
        byte[] nan = NpyBytes.Array("<f4", "(2, 2)", NpyBytes.Singles(1, 2, float.NaN, 4));
        NpyArray array = Open(nan);
        Assert.Equal(
            $"{array.File}: byte 136: number 2 is NaN as a 32-bit number; replace it by a finite one, or leave its sample out.",
            Assert.Throws<FileCorruptException>(array.ToSingles).Message);

        NpyArray large = Open(NpyBytes.Array(">f8", "(1,)", [0x7F, 0xE0, 0, 0, 0, 0, 0, 0]));
        Assert.StartsWith($"{large.File}: byte 128: number 0 is Infinity as a 32-bit number;", Assert.Throws<FileCorruptException>(large.ToSingles).Message, StringComparison.Ordinal);
    }

    private NpyArray Open(byte[] content) => NpyArray.Open(folder.Write("array.npy", content));

    private void AssertError<TException>(byte[] content, string message)
        where TException : DataFileException =>
        Assert.Equal($"{folder.PathOf("array.npy")}: {message}", Assert.Throws<TException>(() => Open(content)).Message);
}
