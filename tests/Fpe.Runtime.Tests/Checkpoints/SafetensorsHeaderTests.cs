using System.Text;
using Fpe.Checkpoints;

namespace Fpe.Runtime.Tests.Checkpoints;

/// <summary>What is said of a header, word for word.</summary>
public sealed class SafetensorsHeaderTests
{
    [Theory]
    [InlineData("""{"__metadata__":1}""", "byte 24: an object of strings is expected")]
    [InlineData("""{"a":1}""", "byte 13: an object for tensor a is expected")]
    [InlineData("""{"a":{"dtype":1}}""", "byte 22: the dtype of tensor a is expected")]
    [InlineData("""{"a":{"shape":1}}""", "byte 22: the shape of a is expected")]
    [InlineData("""{"a":{"data_offsets":1}}""", "byte 29: the data_offsets of a is expected")]
    [InlineData("""{"a":{"data_offsets":[true]}}""", "byte 30: the data_offsets of a contains something other than an integer from 0 to 9223372036854775807")]
    [InlineData("""{"a":{"shape":[],"shape":[]}}""", "byte 25: tensor a has shape twice")]
    [InlineData("""{"a":{"data_offsets":[],"data_offsets":[]}}""", "byte 32: tensor a has data_offsets twice")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[5],"data_offsets":[8,12]}}""", "byte 112: tensor b is U8 [5], which requires 5 bytes, but has 4")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4294967296,4294967296,4294967296,4294967296],"data_offsets":[0,0]}}""", "byte 101: tensor a is U8 [4294967296, 4294967296, 4294967296, 4294967296], which requires 18446744073709551616 bytes, but has 0")]
    [InlineData("""{}""", "the content has 12 bytes, but the header is the last and ends at 0")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[4,12]}}""", "tensor a begins at byte 4 of the content, but the header ends at 0, which leaves a gap")]
    public void What_is_wrong_is_named_with_its_byte(string header, string problem) => Assert.Equal(
        $"x: {problem}; fetch the file again.", Assert.Throws<CheckpointFormatException>(() => Read(header)).Message);

    [Theory]
    [InlineData("", 8)]
    [InlineData("{}x", 10)]
    public void What_is_no_JSON_is_named_with_its_byte(string header, int place)
    {
        string message = Assert.Throws<CheckpointFormatException>(() => Read(header)).Message;
        Assert.StartsWith($"x: byte {place}: the header is not valid JSON: ", message, StringComparison.Ordinal);
        Assert.EndsWith(" Fetch the file again.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"e":{"dtype":"U8","shape":[9223372036854775807,9223372036854775807,0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[12],"data_offsets":[0,12]}}""")]
    [InlineData("""{"a":{"dtype":"U8","shape":[12],"data_offsets":[0,12]},"e":{"dtype":"U8","shape":[0,9223372036854775807,9223372036854775807],"data_offsets":[0,0]}}""")]
    public void Tensors_without_elements_may_have_any_shape_and_place(string header) => Assert.Equal(2, Read(header).Tensors.Count);

    [Fact]
    public void The_first_thing_that_is_not_read_is_named() => Assert.Equal(
        "tensor a has dtype C64, which is not supported; convert it in Python, as with x.float(), and save it again.",
        Read("""{"a":{"dtype":"C64","shape":[1],"data_offsets":[0,8]},"b":{"dtype":"F4","more":1,"shape":[8],"data_offsets":[8,12]}}""").Unsupported);

    [Theory]
    [InlineData("""{"b":{"other":1,"more":2,"dtype":"U8","shape":[12],"data_offsets":[0,12]}}""")]
    [InlineData("""{"b":{"other":[[[[{"more":[[1]]}]]]],"dtype":"U8","shape":[12],"data_offsets":[0,12]}}""")]
    public void The_first_field_that_is_not_known_is_named(string header) => Assert.Equal(
        "tensor b has an unknown field other; update the library, or save the file without it.", Read(header).Unsupported);

    [Theory]
    [InlineData("010203", "it has 3 bytes, too few for the length of a header; fetch the file again.")]
    [InlineData("0500000000000000AAAA", "byte 0: a header of 5 bytes, but only 2 follow; the file is truncated or not a safetensors file.")]
    public void A_file_that_is_too_short_is_named_with_its_numbers(string hex, string problem) => Assert.Equal(
        $"x: {problem}", Assert.Throws<CheckpointFormatException>(() => new SafetensorsReader(new MemoryStream(Convert.FromHexString(hex)), "x")).Message);

    private static SafetensorsHeader Read(string header) => SafetensorsHeader.Read(Encoding.UTF8.GetBytes(header), "x", contentLength: 12);
}
