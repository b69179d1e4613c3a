using System.Buffers.Binary;
using System.Text;
using Fpe.Checkpoints;

namespace Fpe.Runtime.Tests.Checkpoints;

public class SafetensorsTests
{
    private const string Good = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[4],"data_offsets":[8,12]}}""";

    [Fact]
    public void What_is_written_is_read_again()
    {
        byte[] file = Write();
        using SafetensorsReader reader = Read(file);
        Assert.Equal(["b", "a", "empty"], reader.Tensors.Keys);
        Assert.Equal([1, 2, 3], reader.Read<byte>(reader.Tensors["a"]));
        Assert.Equal([0, 0, 0, 0, 0, 0, 240, 63], reader.Read<byte>(reader.Tensors["b"]));
        Assert.Empty(reader.Read<byte>(reader.Tensors["empty"]));
        Assert.Equal("say \"hé\"", reader.Metadata["key"]);
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(file) % 8);
    }

    [Fact]
    public void Any_damaged_bit_is_found()
    {
        byte[] file = Write();
        for (int bit = 0; bit < 8 * file.Length; bit++)
        {
            byte[] damaged = [.. file];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<CheckpointFormatException>(() => Read(damaged));
        }
    }

    [Fact]
    public void A_file_cut_at_any_length_is_refused()
    {
        byte[] file = Write();
        for (int length = 0; length < file.Length; length++)
            Assert.Throws<CheckpointFormatException>(() => Read(file[..length]));
        Assert.Throws<CheckpointFormatException>(() => Read([.. file, 0]));
    }

    [Theory]
    [InlineData("", "the header is not valid JSON")]
    [InlineData("[]", "an object of tensors is expected")]
    [InlineData("{", "the header is not valid JSON")]
    [InlineData("{}x", "the header is not valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "tensor a occurs twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", "__metadata__ occurs twice")]
    [InlineData("""{"__metadata__":{"k":"1","k":"2"}}""", "metadata k occurs twice")]
    [InlineData("""{"__metadata__":{"k":1}}""", "a string for k is expected")]
    [InlineData("""{"__metadata__":{"fpe.version":"1"}}""", "it has metadata fpe.version, but not fpe.crc32c")]
    [InlineData("""{"__metadata__":{"fpe.crc32c":"123"}}""", "is not 8 hexadecimal digits")]
    [InlineData("""{"__metadata__":{"fpe.crc32c":"00000000"}}""", "but the file states 00000000")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", "does not have dtype, shape and two data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,9]}}""", "does not have dtype, shape and two data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "tensor a has dtype twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "the shape of a contains something other than an integer")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", "the shape of a contains something other than an integer")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}""", "the shape of a contains something other than an integer")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "tensor a is F32 [3], which requires 12 bytes, but has 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904],"data_offsets":[0,0]}}""", "which requires")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "tensor a has bytes 8 to 0, but the content has 12")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "tensor a has bytes 0 to 16, but the content has 12")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[8],"data_offsets":[4,12]}}""", "tensor b begins at byte 4 of the content, within tensor a")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[4,12]}}""", "which leaves a gap")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "the content has 12 bytes, but tensor a is the last and ends at 8")]
    [InlineData("""{"a":{"dtype":"U8","shape":[[[[[[[1]]]]]]],"data_offsets":[0,8]}}""", "the shape of a contains something other")]
    public void A_header_that_cannot_be_is_refused(string header, string problem)
    {
        var error = Assert.Throws<CheckpointFormatException>(() => Read(File(header, new byte[header.Contains("__metadata__", StringComparison.Ordinal) ? 0 : 12])));
        Assert.StartsWith("test.safetensors: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F8_E8M0", 12)]
    [InlineData("F4", 24)]
    [InlineData("C64", 1)]
    public void A_dtype_that_is_not_read_is_no_damage(string type, int count)
    {
        string header = $$$"""{"a":{"dtype":"{{{type}}}","shape":[{{{count}}}],"data_offsets":[0,12]}}""";
        Assert.Equal(
            $"test.safetensors: tensor a has dtype {type}, which is not supported; convert it in Python, as with x.float(), and save it again.",
            Assert.Throws<CheckpointUnsupportedException>(() => Read(File(header, new byte[12]))).Message);
    }

    [Fact]
    public void A_field_that_is_not_known_is_no_damage() =>
        Assert.Equal(
            "test.safetensors: tensor a has an unknown field type; update the library, or save the file without it.",
            Assert.Throws<CheckpointUnsupportedException>(() => Read(File("""{"a":{"dtype":"F32","type":["System.Object"],"shape":[3],"data_offsets":[0,12]}}""", new byte[12]))).Message);

    [Theory]
    [InlineData("504B0304000008080000", "it is a zip archive, not a safetensors file; convert it with: python -c \"import torch; from safetensors.torch import save_file; save_file({k: v.clone().contiguous() for k, v in torch.load('test.safetensors', map_location='cpu', weights_only=True).items()}, 'test.safetensors')\"")]
    [InlineData("80028A0A6CFC9C46F920", "it is a Python pickle, which could run code when loaded, not a safetensors file; convert it with: python -c \"import torch; from safetensors.torch import save_file; save_file({k: v.clone().contiguous() for k, v in torch.load('test.safetensors', map_location='cpu', weights_only=True).items()}, 'test.safetensors')\"")]
    [InlineData("3C21444F43545950452068746D6C3E", "it is not a safetensors file: it is a web page (HTML or XML), which a server sent instead of the file; open it to see what is wrong, and fetch the file itself.")]
    [InlineData("1F8B08000000000000030000", "it is not a safetensors file: it is a gzip file; decompress it; a data file can stay compressed if its name ends in .gz.")]
    public void A_file_of_another_format_is_called_what_it_is(string hex, string problem) =>
        Assert.Equal($"test.safetensors: {problem}", Assert.Throws<CheckpointUnsupportedException>(() => Read(Convert.FromHexString(hex))).Message);

    [Fact]
    public void Text_that_is_no_UTF_8_is_refused()
    {
        byte[] file = File(Good, new byte[12]);
        file[10] = 0xFF;
        Assert.Throws<CheckpointFormatException>(() => Read(file));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(117)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    public void A_length_that_cannot_be_is_refused_before_memory_is_taken(long length)
    {
        byte[] file = File(Good, new byte[12]);
        BinaryPrimitives.WriteInt64LittleEndian(file, length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<CheckpointFormatException>(() => Read(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 17);
    }

    [Fact]
    public void A_header_that_is_too_long_is_refused()
    {
        byte[] file = File(Good + new string(' ', SafetensorsHeader.MaximumLength), new byte[12]);
        Assert.Contains("but the maximum is 100000000", Assert.Throws<CheckpointUnsupportedException>(() => Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_of_the_greatest_length_is_read()
    {
        byte[] file = File(Good + new string(' ', SafetensorsHeader.MaximumLength - Good.Length), new byte[12]);
        using SafetensorsReader reader = Read(file);
        Assert.Equal(["a", "b"], reader.Tensors.Keys);
    }

    [Fact]
    public void A_disk_that_fails_anywhere_in_a_file_of_ours_is_no_damage()
    {
        byte[] file = Write();
        for (int failsFrom = 0; failsFrom < file.Length; failsFrom++)
        {
            var error = Assert.Throws<Fpe.Files.FileAccessException>(() => new SafetensorsReader(new FailingFile(file, failsFrom), "test.safetensors"));
            Assert.Equal("test.safetensors cannot be read: Input/output error", error.Message);
        }
    }

    [Fact]
    public void A_disk_that_fails_in_a_tensor_is_no_damage()
    {
        byte[] file = File(Good, new byte[12]);
        using var reader = new SafetensorsReader(new FailingFile(file, file.Length - 1), "test.safetensors");
        Assert.Equal(new byte[8], reader.Read<byte>(reader.Tensors["a"]));
        var error = Assert.Throws<Fpe.Files.FileAccessException>(() => reader.Read<byte>(reader.Tensors["b"]));
        Assert.Equal("test.safetensors cannot be read: Input/output error", error.Message);
    }

    [Fact]
    public void A_tensor_that_is_larger_than_an_array_is_refused_when_it_is_read()
    {
        byte[] beginning = File("""{"a":{"dtype":"U8","shape":[2147483592],"data_offsets":[0,2147483592]}}""", []);
        using var reader = new SafetensorsReader(new LongFile(beginning, beginning.Length + 2147483592L), "test.safetensors");
        var error = Assert.Throws<CheckpointUnsupportedException>(() => reader.Read<byte>(reader.Tensors["a"]));
        Assert.Equal("test.safetensors: tensor a has 2147483592 elements, but the maximum is 2147483591; divide it.", error.Message);
    }

    [Fact]
    public void A_file_that_is_refused_is_closed()
    {
        string path = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllBytes(path, Write()[..^1]);
            Assert.Throws<CheckpointFormatException>(() => SafetensorsReader.Open(path));
            using var alone = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    [Fact]
    public void A_missing_file_and_a_folder_cannot_be_read()
    {
        string missing = Path.Combine(Path.GetTempPath(), "fpe-missing.safetensors");
        Assert.StartsWith($"{missing} cannot be read", Assert.Throws<Fpe.Files.FileAccessException>(() => SafetensorsReader.Open(missing)).Message, StringComparison.Ordinal);
        Assert.Throws<Fpe.Files.FileAccessException>(() => SafetensorsReader.Open(Path.GetTempPath()));
        Assert.Throws<Fpe.Files.FileAccessException>(() => SafetensorsReader.Open(""));
    }

    [Fact]
    public void Two_tensors_of_one_name_are_refused_before_anything_is_written()
    {
        Tensor[] tensors = [new TensorOf<byte>("hidden.weight", TensorType.U8, [1], [1]), new TensorOf<float>("hidden.weight", TensorType.F32, [1], [1])];
        var error = Assert.Throws<CheckpointFormatException>(() => new SafetensorsWriter("net.safetensors", [], tensors));
        Assert.Equal("net.safetensors: it was not saved, because two tensors are named hidden.weight; give one of the layers another name.", error.Message);
    }

    [Fact]
    public void A_header_that_could_not_be_read_is_refused_before_anything_is_written()
    {
        const string WithoutText = """{"__metadata__":{"fpe.crc32c":"00000000","key":""}}""";
        int longest = SafetensorsHeader.MaximumLength - WithoutText.Length;
        _ = new SafetensorsWriter("net.safetensors", [new("key", new string('x', longest))], []);
        var error = Assert.Throws<CheckpointFormatException>(() => new SafetensorsWriter("net.safetensors", [new("key", new string('x', longest + 1))], []));
        Assert.Equal("net.safetensors: it was not saved, because its header would have 100000008 bytes, but the maximum is 100000000.", error.Message);
    }

    [Fact]
    public void Tensors_are_written_and_read_in_pieces()
    {
        float[] values = [.. Enumerable.Range(0, (1 << 21) + 3).Select(i => (float)i)];
        using var stream = new MemoryStream();
        new SafetensorsWriter("test.safetensors", [new("fpe.version", "1")], [new TensorOf<float>("a", TensorType.F32, [values.Length], values)]).Write(stream);
        using SafetensorsReader reader = Read(stream.ToArray());
        Assert.Equal(values, reader.Read<float>(reader.Tensors["a"]));
    }

    internal static byte[] File(string header, byte[] content)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return [.. length, .. json, .. content];
    }

    private static byte[] Write()
    {
        using var stream = new MemoryStream();
        new SafetensorsWriter(
            "test.safetensors",
            [new("fpe.version", "1"), new("key", "say \"hé\"")],
            [
                new TensorOf<byte>("a", TensorType.U8, [1, 3], [1, 2, 3]),
                new TensorOf<byte>("b", TensorType.F64, [], BitConverter.GetBytes(1.0)),
                new TensorOf<byte>("empty", TensorType.U8, [0, 5], []),
            ]).Write(stream);
        return stream.ToArray();
    }

    private static SafetensorsReader Read(byte[] file) => new(new MemoryStream(file), "test.safetensors");
}
