using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fpe.Files;

namespace Fpe.Checkpoints;

/// <summary>
/// Writes safetensors files: the length of the header in 8 bytes, the header as JSON, and the tensors in sequence. Tensors with larger
/// elements come first, so that all elements are aligned. The metadata contains a checksum of the whole file, computed with zeros in its
/// place.
/// </summary>
internal sealed class SafetensorsWriter
{
    private const string ChecksumPlace = "00000000";
    private const int Alignment = 8;

    private readonly Tensor[] ordered;
    private readonly byte[] header;
    private string? checksumText;

    /// <summary>Prepares a file and checks that it can be read again.</summary>
    /// <param name="file">The name of the file, for messages.</param>
    /// <param name="metadata">The names and values of the metadata, to which the checksum is added.</param>
    /// <param name="tensors">The tensors; their names must be unique.</param>
    /// <exception cref="CheckpointFormatException">Two tensors have the same name, or the header would be too long.</exception>
    public SafetensorsWriter(string file, IEnumerable<KeyValuePair<string, string>> metadata, IEnumerable<Tensor> tensors)
    {
        ordered = [.. tensors.OrderByDescending(tensor => tensor.Type.Size())];
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (Array.Find(ordered, tensor => !names.Add(tensor.Name)) is { } second)
            throw new CheckpointFormatException(file, $"it was not saved, because two tensors are named {second.Name}; give one of the layers another name.");
        header = Header(metadata, ordered);
        if (header.Length - sizeof(ulong) > SafetensorsHeader.MaximumLength)
            throw new CheckpointFormatException(file, string.Create(CultureInfo.InvariantCulture, $"it was not saved, because its header would have {header.Length - sizeof(ulong)} bytes, but the maximum is {SafetensorsHeader.MaximumLength}."));
    }

    /// <summary>Computes the checksum, puts it into the header, and returns it.</summary>
    public string Seal()
    {
        if (checksumText is not null)
            return checksumText;
        int place = header.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"\"{FileKeys.Checksum}\":\"")) + FileKeys.Checksum.Length + 4;
        Encoding.UTF8.GetBytes(ChecksumPlace).CopyTo(header, place);
        var checksum = new Crc32C();
        checksum.Add(header);
        foreach (Tensor tensor in ordered)
            tensor.Write(bytes => checksum.Add(bytes));
        checksumText = checksum.Value.ToString("x8", CultureInfo.InvariantCulture);
        Encoding.UTF8.GetBytes(checksumText).CopyTo(header, place);
        return checksumText;
    }

    /// <summary>Writes the file.</summary>
    public void Write(Stream stream)
    {
        Seal();
        stream.Write(header);
        foreach (Tensor tensor in ordered)
            tensor.Write(stream.Write);
    }

    /// <summary>Returns the header with its length, padded with spaces.</summary>
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
            WriteNumbers(writer, "data_offsets", [offset, offset += tensor.Length]);
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
