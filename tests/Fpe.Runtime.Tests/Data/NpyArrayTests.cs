using System.Buffers.Binary;
using Fpe.Data.Files;
using Fpe.Fuzz.Formats;
using Fpe.Runtime.Tests.Files;

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
        Assert.False(array.Type.IsBigEndian);
        Assert.Equal(expected, string.Join(' ', array.ToInt64s()));
        Assert.Equal([.. expected.Split(' ').Select(float.Parse)], array.ToSingles());
    }

    [Theory]
    [InlineData("<U3", "6100000062000000630000004600010000000000000000000000000000000000E9000000", "abc|\U00010046|\0\0é|")]
    [InlineData(">U3", "0000006100000062000000630001004600000000000000000000000000000000000000E9", "abc|\U00010046|\0\0é|")]
    [InlineData("=U1", "61000000620000006300000064000000", "a|b|c|d")]
    public void Texts_are_read(string descr, string hex, string expected)
    {
        byte[] content = Convert.FromHexString(hex.PadRight(4 * 2 * (descr[2] - '0') * 4, '0'));
        NpyArray array = Open(NpyBytes.Array(descr, "(4,)", content));
        Assert.Equal(descr.Replace('=', '<'), array.Type.ToString());
        Assert.False(array.Type.IsInteger);
        Assert.Equal(expected.Split('|'), array.ToTexts());
        Assert.Equal("it contains texts of type " + array.Type + ", but numbers are required; convert them, as with x.astype('float32').", Assert.Throws<FileUnsupportedException>(array.ToSingles).Message[(array.File.Length + 2)..]);
        Assert.Equal("it contains texts of type " + array.Type + ", but integers are required; read names of classes with NpyClasses.ReadNamed, or convert them.", Assert.Throws<FileUnsupportedException>(array.ToInt64s).Message[(array.File.Length + 2)..]);
    }

    [Fact]
    public void Texts_are_checked()
    {
        NpyArray surrogate = Open(NpyBytes.Array("<U1", "(2,)", [0x61, 0, 0, 0, 0, 0xD8, 0, 0]));
        Assert.Equal($"{surrogate.File}: byte 132: text 1 has a character that Unicode does not have; fetch the file again, or save it with numpy.save.", Assert.Throws<FileCorruptException>(surrogate.ToTexts).Message);
        Assert.Equal(["a", "c", "b", "d"], Open(NpyBytes.Array("<U1", "(2, 2)", [.. "abcd".SelectMany(c => new byte[] { (byte)c, 0, 0, 0 })], isFortranOrder: true)).ToTexts());
        NpyArray numbers = Open(NpyBytes.Array("|u1", "(1,)", [7]));
        Assert.Equal($"{numbers.File}: it contains numbers of type |u1, but texts are required; convert them, as with y.astype(str).", Assert.Throws<FileUnsupportedException>(numbers.ToTexts).Message);
        AssertError<FileTruncatedException>(NpyBytes.Array("<U2", "(2,)", new byte[12]), "byte 140: the file ends after 12 of 16 bytes for 2 texts of type <U2; fetch it again.");
        foreach (string descr in new[] { "<U0", "<U", "<U65537", "<U-1", "<<U1" })
            Assert.Throws<FileUnsupportedException>(() => Open(NpyBytes.Array(descr, "(1,)", [0, 0, 0, 0])));
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
        AssertError<FileUnsupportedException>([.. one, .. one], $"byte {one.Length}: another array follows, but only files with one array are supported; save each array to its own file, or all with numpy.savez.");
        AssertError<FileUnsupportedException>([.. one, .. one[..6]], $"byte {one.Length}: another array follows, but only files with one array are supported; save each array to its own file, or all with numpy.savez.");
        AssertError<FileUnsupportedException>("PK\u0003\u0004 and more"u8.ToArray(), "byte 0: it is not a file of numpy.save: it is a zip archive; unpack it; an archive of numpy.savez is read with NpyClasses.ReadNpz.");
        AssertError<FileUnsupportedException>([0x80, 4, 0x95, 1], "byte 0: it is not a file of numpy.save: it is a Python pickle, which could run code when loaded; load it in Python and save its arrays with numpy.save.");
        AssertError<FileCorruptException>("something else"u8.ToArray(), "byte 0: it does not begin like a file of numpy.save; check the path.");
    }

    [Fact]
    public void Keys_come_in_any_order_and_quotes() =>
        Assert.Equal([7], Open(NpyBytes.OfHeader("{\"shape\":(1,),\"fortran_order\":True,\t'descr' : \"|u1\"}", [7])).ToInt64s());

    [Theory]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1,), 'descr': '|u1'}", 66, "the key 'descr' is unknown or occurs twice")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1,), 'extra': 1}", 66, "the key 'extra' is unknown or occurs twice")]
    [InlineData("{'descr': '|u1', 'fortran_order': False}", 64, "a header must have the keys 'descr', 'fortran_order' and 'shape'")]
    [InlineData("{'descr': '|u1', 'shape': (1,)}", 64, "a header must have the keys 'descr', 'fortran_order' and 'shape'")]
    [InlineData("{'fortran_order': False, 'shape': (1,)}", 64, "a header must have the keys 'descr', 'fortran_order' and 'shape'")]
    [InlineData("{descr: '|u1', 'fortran_order': False}", 11, "a string is expected")]
    [InlineData("{'descr': '|u1', 'fortran_order': 0, 'shape': (1,)}", 44, "True or False is expected")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1)}", 62, "',' is expected")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (-1,)}", 61, "a size from 0 to 9223372036854775807 is expected")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (9223372036854775808,)}", 61, "a size from 0 to 9223372036854775807 is expected")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1,)} + exit()", 66, "data follows the dictionary")]
    [InlineData("__import__('os')", 10, "'{' is expected")]
    [InlineData("{'descr': '|u1", 20, "a string is not closed, or contains special characters")]
    public void Headers_that_are_no_plain_dictionary_are_corrupt(string header, int at, string problem) =>
        AssertError<FileCorruptException>(NpyBytes.OfHeader(header, [7]), $"byte {at}: {problem} in the header; fetch the file again, or save it with numpy.save.");

    [Theory]
    [InlineData("'|O'", 20, "it contains Python objects, which could run code when loaded; save numbers, as with numpy.save(path, numpy.asarray(x, 'float32')).")]
    [InlineData("[('a', '<i4'), ('b', '<f8')]", 20, "it contains records with several fields; save one field at a time, as with numpy.save(path, x['field']).")]
    [InlineData("'|S5'", 10, "numbers of type '|S5' are not supported, only Booleans, integers of 8 to 64 bits and floating-point numbers of 16 to 64 bits; convert them, as with x.astype('float32').")]
    [InlineData("'<c8'", 10, "numbers of type '<c8' are not supported, only Booleans, integers of 8 to 64 bits and floating-point numbers of 16 to 64 bits; convert them, as with x.astype('float32').")]
    [InlineData("'<i3'", 10, "numbers of type '<i3' are not supported, only Booleans, integers of 8 to 64 bits and floating-point numbers of 16 to 64 bits; convert them, as with x.astype('float32').")]
    [InlineData("'<f16'", 10, "numbers of type '<f16' are not supported, only Booleans, integers of 8 to 64 bits and floating-point numbers of 16 to 64 bits; convert them, as with x.astype('float32').")]
    [InlineData("('<f4', (3,))", 20, "its elements are arrays themselves; save them as one array with more dimensions, as with numpy.save(path, numpy.array(x.tolist(), 'float32')).")]
    [InlineData("'|f1'", 10, "numbers of type '|f1' are not supported, only Booleans, integers of 8 to 64 bits and floating-point numbers of 16 to 64 bits; convert them, as with x.astype('float32').")]
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
        AssertError<FileUnsupportedException>(whole, "byte 6: format version 4.0 is not supported, only 1.0, 2.0 and 3.0; save it with another version.");

        byte[] longHeader = NpyBytes.Array("<i4", "(2,)", new byte[8], version: 2);
        BinaryPrimitives.WriteUInt32LittleEndian(longHeader.AsSpan(8), uint.MaxValue);
        AssertError<FileUnsupportedException>(longHeader, "byte 8: a header of 4294967295 bytes exceeds the maximum of 65536; save only the numbers.");
    }

    [Fact]
    public void Numbers_that_are_none_or_too_large_are_named_with_their_byte()
    {
        byte[] nan = NpyBytes.Array("<f4", "(2, 2)", NpyBytes.Singles(1, 2, float.NaN, 4));
        NpyArray array = Open(nan);
        Assert.Equal(
            $"{array.File}: byte 136: number 2 is NaN as a 32-bit number; replace it with a finite one, or remove its sample.",
            Assert.Throws<FileCorruptException>(array.ToSingles).Message);

        NpyArray large = Open(NpyBytes.Array(">f8", "(1,)", [0x7F, 0xE0, 0, 0, 0, 0, 0, 0]));
        Assert.StartsWith($"{large.File}: byte 128: number 0 is Infinity as a 32-bit number;", Assert.Throws<FileCorruptException>(large.ToSingles).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_numbers_than_fit_into_memory_are_refused_before_they_are_read()
    {
        // 2³¹ bytes of zeros that take no place on disk
        string path = folder.PathOf("large.npy");
        byte[] header = NpyBytes.Array("|u1", "(2147483648,)", []);
        using (FileStream file = File.Create(path))
        {
            file.Write(header);
            file.SetLength(header.Length + (1L << 31));
        }

        using var array = NpyArray.Open(path);
        Assert.Equal(1L << 31, array.Length);
        Assert.False(array.IsInMemory);
        string numbers = $"{path}: its 2147483648 numbers exceed the 2147483591 that fit into memory; open it instead of reading it.";
        Assert.Equal(numbers, Assert.Throws<FileOversizedException>(array.ToSingles).Message);
        Assert.Equal(numbers, Assert.Throws<FileOversizedException>(array.ToInt64s).Message);
        Assert.Equal(
            $"{path}: its {header.Length + (1L << 31)} bytes exceed the 2147483591 that fit into memory; open it instead of reading it.",
            Assert.Throws<FileOversizedException>(() => array.ToMemory()).Message);
        var last = new float[3];
        array.Read((1L << 31) - 3, last);
        Assert.Equal([0, 0, 0], last);
    }

    [Fact]
    public void Arrays_of_no_dimension_and_of_no_numbers_are_read()
    {
        NpyArray number = Open(NpyBytes.Array("<i2", "()", [7, 0]));
        Assert.Equal((0, 1L), (number.Shape.Count, number.Length));
        Assert.Equal([7], number.ToInt64s());
        Assert.Empty(Open(NpyBytes.Array("<i2", "(3, 0)", [])).ToInt64s());
        AssertError<FileTruncatedException>(NpyBytes.Array("<i2", "()", [7]), "byte 129: the file ends after 1 of 2 bytes for 1 numbers of type <i2; fetch it again.");
    }

    [Fact]
    public void As_many_dimensions_as_NumPy_has_are_read_and_no_more()
    {
        Assert.Equal(32, Open(NpyBytes.Array("|u1", $"({string.Concat(Enumerable.Repeat("1,", 32))})", [7])).Shape.Count);
        string shape = $"({string.Concat(Enumerable.Repeat("1,", 33))})";
        int at = 10 + NpyBytes.Array("|u1", shape, [7]).AsSpan(10).IndexOf("(1,"u8) + 65;
        AssertError<FileUnsupportedException>(NpyBytes.Array("|u1", shape, [7]), $"byte {at}: it has more than 32 dimensions; reshape it to two dimensions.");
    }

    [Fact]
    public void The_longest_header_is_read_and_a_longer_one_is_not()
    {
        string header = "{'descr': '|u1', 'fortran_order': False, 'shape': (1,), }";
        byte[] longest = NpyBytes.OfHeader(header.PadRight((1 << 16) - 1), [7], version: 2);
        BinaryPrimitives.WriteUInt32LittleEndian(longest.AsSpan(8), 1 << 16);
        Assert.Equal([7], Open([.. longest[..(12 + (1 << 16))], 7]).ToInt64s());
        BinaryPrimitives.WriteUInt32LittleEndian(longest.AsSpan(8), (1 << 16) + 1);
        AssertError<FileUnsupportedException>(longest, "byte 8: a header of 65537 bytes exceeds the maximum of 65536; save only the numbers.");
    }

    [Theory]
    [InlineData("934E554D50590101", "byte 8: the file ends within its header; fetch it again.")]
    [InlineData("934E554D505901001000", "byte 10: the file ends within its header of 16 bytes; fetch it again.")]
    [InlineData("934E554D5059020010000000", "byte 12: the file ends within its header of 16 bytes; fetch it again.")]
    [InlineData("934E554D50590200100000", "byte 11: the file ends within its header; fetch it again.")]
    [InlineData("934E55", "byte 3: the file ends within its header; fetch it again.")]
    public void A_beginning_is_cut_short(string hex, string message) => AssertError<FileTruncatedException>(Convert.FromHexString(hex), message);

    [Fact]
    public void A_version_has_no_second_digit() => AssertError<FileUnsupportedException>(
        Convert.FromHexString("934E554D50590101100000"), "byte 6: format version 1.1 is not supported, only 1.0, 2.0 and 3.0; save it with another version.");

    [Fact]
    public void Numbers_are_read_in_pieces_and_named_by_their_place_in_the_file()
    {
        // 4096 bytes are read at once: 512 numbers of 8 bytes
        double[] values = [.. Enumerable.Range(0, 1500).Select(i => i + 0.5)];
        values[1300] = double.NegativeInfinity;
        byte[] content = [.. values.SelectMany(BitConverter.GetBytes)];
        using NpyArray array = Open(NpyBytes.Array("<f8", "(1500,)", content));
        var some = new float[1200];
        array.Read(50, some);
        Assert.Equal([.. values[50..1250].Select(value => (float)value)], some);
        Assert.Equal(
            $"{array.File}: byte {128 + (8 * 1300)}: number 1300 is -Infinity as a 32-bit number; replace it with a finite one, or remove its sample.",
            Assert.Throws<FileCorruptException>(() => array.Read(200, some)).Message);
        Assert.Throws<FileCorruptException>(() => array.Read(1300, some.AsSpan(..1)));
        NpyArray copy = array.ToMemory();
        Assert.Same(copy, copy.ToMemory());
    }

    [Fact]
    public void A_number_in_Fortran_order_is_named_with_its_byte() => Assert.Equal(
        $"{folder.PathOf("array.npy")}: byte 136: number 2 is NaN as a 32-bit number; replace it with a finite one, or remove its sample.",
        Assert.Throws<FileCorruptException>(() => Open(NpyBytes.Array("<f4", "(2, 2)", NpyBytes.Singles(1, 2, float.NaN, 4), isFortranOrder: true)).ToSingles()).Message);

    [Fact]
    public void A_header_that_ends_anywhere_is_corrupt()
    {
        byte[] header = "{'descr': '|u1', 'fortran_order': False, 'shape': (12L, 3)}"u8.ToArray();
        Assert.Equal([12, 3], new NpyHeaderParser("x", header, 10).Parse().Shape);
        for (int length = 0; length < header.Length; length++)
            Assert.Throws<FileCorruptException>(() => new NpyHeaderParser("x", header[..length], 10).Parse());
    }

    [Fact]
    public void Spaces_may_stand_anywhere() =>
        Assert.Equal([7], Open(NpyBytes.OfHeader("  { 'descr' :  '|u1' ,\n'fortran_order':\tFalse, 'shape' : ( 1 , ) } ", [7])).ToInt64s());

    [LinuxFact]
    public void A_file_that_is_refused_is_closed()
    {
        string path = folder.Write("array.npy", [1, 2, 3]), compressed = folder.Write("array.npy.gz", [1, 2, 3]);
        Assert.Throws<FileCorruptException>(() => NpyArray.Open(path));
        Assert.Throws<FileCorruptException>(() => NpyArray.Open(compressed));
        Assert.DoesNotContain(
            Directory.GetFiles("/proc/self/fd").Select(descriptor => new FileInfo(descriptor).LinkTarget),
            target => target == path || target == compressed);
    }

    [Fact]
    public void A_path_is_not_empty() => Assert.Equal("path", Assert.Throws<ArgumentException>(() => NpyArray.Open("")).ParamName);

    [Fact]
    public void Floating_point_numbers_are_no_integers()
    {
        var type = new NpyType(NpyKind.Float, 4);
        Assert.StartsWith("<f4 is not an integer type.", Assert.Throws<ArgumentException>(() => NpyNumbers.ToInt64s(type, new byte[4], new long[1])).Message, StringComparison.Ordinal);
        Assert.Equal("", default(FilePlace).ToString());
    }

    private NpyArray Open(byte[] content) => NpyArray.Open(folder.Write("array.npy", content));

    private void AssertError<TException>(byte[] content, string message)
        where TException : DataFileException =>
        Assert.Equal($"{folder.PathOf("array.npy")}: {message}", Assert.Throws<TException>(() => Open(content)).Message);
}
