using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fpe.Files;

namespace Fpe.Checkpoints;

/// <summary>
/// Writes safetensors files: the length of the header in 8 bytes, the header as JSON, and the tensors one after the other. Those
/// of large elements come first, so that every element is aligned. The metadata holds a checksum of the whole file, computed with
/// zeros in its own place.
/// </summary>
internal static class SafetensorsWriter
{
    private const string ChecksumPlace = "00000000";
    private const int Alignment = 8;

    /// <summary>Writes a file.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="metadata">Names and texts; the checksum is added to them.</param>
    /// <param name="tensors">The tensors, under different names.</param>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, string>> metadata, IEnumerable<Tensor> tensors)
    {
        Tensor[] ordered = [.. tensors.OrderByDescending(tensor => tensor.Type.Size())];
        byte[] header = Header(metadata, ordered);
        int place = header.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"\"{FileKeys.Checksum}\":\"")) + FileKeys.Checksum.Length + 4;

        var checksum = new Crc32C();
        checksum.Add(header);
        foreach (Tensor tensor in ordered)
            checksum.Add(tensor.Content);
        Encoding.UTF8.GetBytes(checksum.Value.ToString("x8", CultureInfo.InvariantCulture)).CopyTo(header, place);

        stream.Write(header);
        foreach (Tensor tensor in ordered)
            stream.Write(tensor.Content);
    }

    /// <summary>The header and its length, padded with spaces.</summary>
    private static byte[] Header(IEnumerable<KeyValuePair<string, string>> metadata, Tensor[] tensors)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Model files are little-endian, and this processor is not.");

        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            WriteHeader(writer, metadata, tensors);

        int length = (json.WrittenCount + Alignment - 1) / Alignment * Alignment;
        var header = new byte[sizeof(ulong) + length];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)length);
        header.AsSpan(sizeof(ulong)).Fill((byte)' ');
        json.WrittenSpan.CopyTo(header.AsSpan(sizeof(ulong)));
        return header;
    }

    private static void WriteHeader(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, string>> metadata, Tensor[] tensors)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("__metadata__");
        writer.WriteString(FileKeys.Checksum, ChecksumPlace);
        foreach ((string key, string text) in metadata)
            writer.WriteString(key, text);
        writer.WriteEndObject();

        long offset = 0;
        foreach (Tensor tensor in tensors)
        {
            writer.WriteStartObject(tensor.Name);
            writer.WriteString("dtype", tensor.Type.ToString());
            WriteNumbers(writer, "shape", tensor.Shape);
            WriteNumbers(writer, "data_offsets", [offset, offset += tensor.Content.Length]);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, ReadOnlySpan<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (long number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }
}
