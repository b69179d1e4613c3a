using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Fpe.Files;

namespace Fpe.Checkpoints;

/// <summary>
/// Reads safetensors files of this library and other tools. The header of a file is checked against its actual size before anything is
/// allocated, and the checksum of files of this library is verified before anything is used.
/// </summary>
internal sealed class SafetensorsReader : IDisposable
{
    private const int ChecksumLength = 8;

    private readonly Stream stream;
    private readonly long contentStart;
    private readonly SafetensorsHeader header;

    /// <summary>Reads the header and checks the whole file.</summary>
    /// <param name="stream">The file; it is closed with the reader.</param>
    /// <param name="file">The name of the file, for messages.</param>
    /// <exception cref="CheckpointFormatException">The file is damaged.</exception>
    /// <exception cref="CheckpointUnsupportedException">The file has another format or unsupported content.</exception>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    public SafetensorsReader(Stream stream, string file)
    {
        this.stream = stream;
        File = file;
        try
        {
            byte[] json = ReadHeader(out contentStart);
            header = SafetensorsHeader.Read(json, file, stream.Length - contentStart);
            CheckChecksum(json);
            if (header.Unsupported is { } problem)
                throw new CheckpointUnsupportedException(file, problem);
        }
        catch (Exception error) when (FileAccessException.IsCause(error))
        {
            throw FileAccessException.Reading(file, error);
        }
    }

    /// <summary>The name of the file.</summary>
    public string File { get; }

    /// <summary>The names and values of the metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Tensors => header.Tensors;

    /// <summary>Opens a file.</summary>
    /// <exception cref="CheckpointFormatException">The file is damaged.</exception>
    /// <exception cref="CheckpointUnsupportedException">The file has another format or unsupported content.</exception>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    public static SafetensorsReader Open(string path)
    {
        FileStream stream = ReadableFile.OpenWhole(path);
        try
        {
            return new SafetensorsReader(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads a file from a stream; one that cannot seek is read into memory first.</summary>
    /// <inheritdoc cref="Open(string)" path="/exception"/>
    public static SafetensorsReader Open(Stream stream, string name) => new(SeekableOf(stream, name), name);

    /// <summary>Returns a file in memory as a stream.</summary>
    public static MemoryStream StreamOf(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out ArraySegment<byte> bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);

    /// <summary>Reads the content of a tensor.</summary>
    /// <typeparam name="T">The type of an element of the tensor, or of a byte of an element.</typeparam>
    /// <exception cref="CheckpointUnsupportedException">The tensor is too large for an array.</exception>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    public unsafe T[] Read<T>(TensorEntry tensor)
        where T : unmanaged
    {
        const int Piece = 1 << 20; // An array can have more bytes than a span supports.
        long length = tensor.Length / sizeof(T);
        if (length > Array.MaxLength)
            throw new CheckpointUnsupportedException(File, $"tensor {tensor.Name} has {length} elements, but the maximum is {Array.MaxLength}; divide it.");
        try
        {
            var content = new T[length];
            stream.Position = contentStart + tensor.Begin;
            for (int first = 0; first < content.Length; first += Math.Min(Piece, content.Length - first))
                stream.ReadExactly(MemoryMarshal.AsBytes(content.AsSpan(first, Math.Min(Piece, content.Length - first))));
            return content;
        }
        catch (Exception error) when (FileAccessException.IsCause(error))
        {
            throw FileAccessException.Reading(File, error);
        }
    }

    public void Dispose() => stream.Dispose();

    private static Stream SeekableOf(Stream stream, string name)
    {
        if (stream.CanSeek)
            return stream;
        var copy = new MemoryStream();
        try
        {
            stream.CopyTo(copy);
            copy.Position = 0;
        }
        catch (Exception error) when (FileAccessException.IsCause(error))
        {
            throw FileAccessException.Reading(name, error);
        }

        return copy;
    }

    private byte[] ReadHeader(out long end)
    {
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        int found = stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
        if (found < prefix.Length)
            throw new CheckpointFormatException(File, $"it has {found} bytes, too few for the length of a header; fetch the file again.");

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        long left = stream.Length - prefix.Length;
        if (length > (ulong)left)
            throw (FpeException?)OtherFormat() ?? new CheckpointFormatException(File, $"byte 0: a header of {length} bytes, but only {left} follow; the file is truncated or not a safetensors file.");
        if (length > SafetensorsHeader.MaximumLength)
            throw new CheckpointUnsupportedException(File, $"byte 0: a header of {length} bytes, but the maximum is {SafetensorsHeader.MaximumLength}; divide the file.");

        var json = new byte[length];
        stream.ReadExactly(json);
        end = prefix.Length + json.Length;
        return json;
    }

    // Creates the exception for a file of another format. Called only if the length is impossible, because a safetensors file can begin
    // with any byte.
    private CheckpointUnsupportedException? OtherFormat()
    {
        Span<byte> beginning = stackalloc byte[FileSignature.Length];
        stream.Position = 0;
        FileSignature? kind = FileSignature.Of(beginning[..stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false)]);
        if (kind is null)
            return null;
        return new CheckpointUnsupportedException(File, PythonConversion.Of(kind, File) is { } line
            ? $"it is {kind.Name}, not a safetensors file; convert it with: {line}"
            : $"it is not a safetensors file: {kind.Problem}");
    }

    private void CheckChecksum(byte[] json)
    {
        if (!Metadata.TryGetValue(FileKeys.Checksum, out string? stored))
        {
            if (Metadata.Keys.FirstOrDefault(key => key.StartsWith(FileKeys.Prefix, StringComparison.Ordinal)) is { } ours)
                throw new CheckpointFormatException(File, $"it has metadata {ours}, but not {FileKeys.Checksum}; the file is damaged, fetch it again.");
            return;
        }

        if (stored.Length != ChecksumLength || header.ChecksumPlace is not { } place)
            throw new CheckpointFormatException(File, $"metadata {FileKeys.Checksum} is not {ChecksumLength} hexadecimal digits; fetch the file again.");

        string computed = Checksum(json, place).ToString("x8", CultureInfo.InvariantCulture);
        if (computed != stored)
            throw new CheckpointFormatException(File, $"its checksum is {computed}, but the file states {stored}; the file is damaged, fetch it again.");
    }

    private uint Checksum(byte[] json, int place)
    {
        var zeroed = (byte[])json.Clone();
        Encoding.ASCII.GetBytes(new string('0', ChecksumLength)).CopyTo(zeroed, place);

        var checksum = new Crc32C();
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        checksum.Add(length);
        checksum.Add(zeroed);

        var content = new byte[1 << 16];
        stream.Position = contentStart;
        for (int count; (count = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false)) > 0;)
            checksum.Add(content.AsSpan(0, count));
        return checksum.Value;
    }
}
