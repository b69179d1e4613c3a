using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Fpe.Files;

namespace Fpe.Checkpoints;

/// <summary>
/// Reads safetensors files, whoever wrote them. What a file claims is checked against its real size before anything is
/// allocated, and the checksum of files of ours before anything is used.
/// </summary>
internal sealed class SafetensorsReader : IDisposable
{
    private const int ChecksumLength = 8;

    private readonly Stream stream;
    private readonly long contentStart;
    private readonly SafetensorsHeader header;

    /// <summary>Reads the header, and checks the whole file.</summary>
    /// <param name="stream">The file; it is closed with the reader.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="CheckpointFormatException">The file is damaged.</exception>
    /// <exception cref="CheckpointUnsupportedException">The file is of another format, or has what is not read here.</exception>
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

    /// <summary>Name of the file.</summary>
    public string File { get; }

    /// <summary>Names and texts.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Tensors => header.Tensors;

    /// <summary>Opens a file.</summary>
    /// <exception cref="CheckpointFormatException">The file is damaged.</exception>
    /// <exception cref="CheckpointUnsupportedException">The file is of another format, or has what is not read here.</exception>
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

    /// <summary>Reads the content of a tensor.</summary>
    /// <typeparam name="T">What holds an element of the tensor, or a byte of one.</typeparam>
    /// <exception cref="CheckpointUnsupportedException">The tensor is too large for an array.</exception>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    public unsafe T[] Read<T>(TensorEntry tensor)
        where T : unmanaged
    {
        const int Piece = 1 << 20; // an array may have more bytes than a span can
        long length = tensor.Length / sizeof(T);
        if (length > Array.MaxLength)
            throw new CheckpointUnsupportedException(File, $"tensor {tensor.Name} has {length} elements, more than the {Array.MaxLength} that fit; divide it.");
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

    private byte[] ReadHeader(out long end)
    {
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        int found = stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
        if (found < prefix.Length)
            throw new CheckpointFormatException(File, $"it has {found} bytes, too few for the length of a header; fetch the file again.");

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        long left = stream.Length - prefix.Length;
        if (length > (ulong)left)
            throw (FpeException?)OtherFormat() ?? new CheckpointFormatException(File, $"byte 0: a header of {length} bytes, but {left} follow; the file is cut short or no safetensors file.");
        if (length > SafetensorsHeader.MaximumLength)
            throw new CheckpointUnsupportedException(File, $"byte 0: a header of {length} bytes, more than the {SafetensorsHeader.MaximumLength} that are read; divide the file.");

        var json = new byte[length];
        stream.ReadExactly(json);
        end = prefix.Length + json.Length;
        return json;
    }

    // The error of a file of another format; asked for only when the length cannot be, as a safetensors file may begin with any byte.
    private CheckpointUnsupportedException? OtherFormat()
    {
        Span<byte> beginning = stackalloc byte[FileSignature.Length];
        stream.Position = 0;
        FileSignature? kind = FileSignature.Of(beginning[..stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false)]);
        if (kind is null)
            return null;
        bool isOfPyTorch = kind == FileSignature.Zip || kind == FileSignature.Pickle;
        return new CheckpointUnsupportedException(File, isOfPyTorch
            ? $"it is {kind.Name}, as torch.save writes, and no safetensors file; convert it in Python, as with safetensors.torch.save_file(torch.load('model.pt', weights_only=True), 'model.safetensors')."
            : $"it is no safetensors file: {kind.Problem}");
    }

    private void CheckChecksum(byte[] json)
    {
        if (!Metadata.TryGetValue(FileKeys.Checksum, out string? stored))
        {
            if (Metadata.Keys.FirstOrDefault(key => key.StartsWith(FileKeys.Prefix, StringComparison.Ordinal)) is { } ours)
                throw new CheckpointFormatException(File, $"metadata {ours} is there, but {FileKeys.Checksum} is not; the file is damaged, fetch it again.");
            return;
        }

        if (stored.Length != ChecksumLength || header.ChecksumPlace is not { } place)
            throw new CheckpointFormatException(File, $"metadata {FileKeys.Checksum} is not {ChecksumLength} hexadecimal digits; fetch the file again.");

        string computed = Checksum(json, place).ToString("x8", CultureInfo.InvariantCulture);
        if (computed != stored)
            throw new CheckpointFormatException(File, $"its checksum is {computed}, but {stored} is written in it; the file is damaged, fetch it again.");
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
