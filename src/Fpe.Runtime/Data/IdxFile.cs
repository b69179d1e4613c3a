using System.Buffers.Binary;
using System.IO.Compression;

namespace Fpe.Data;

/// <summary>
/// The container that MNIST and its successors come in: a magic number, a size a dimension (all of them 32 bits, big-endian),
/// then unsigned bytes in row-major order.
/// </summary>
internal static class IdxFile
{
    /// <summary>Magic number of unsigned bytes in three dimensions.</summary>
    public const uint Images = 0x00000803;

    /// <summary>Magic number of unsigned bytes in one dimension.</summary>
    public const uint Labels = 0x00000801;

    private const int WordSize = 4;
    private const uint DimensionsMask = 0xFF;

    /// <summary>Bytes before the content.</summary>
    public static int HeaderSize(uint magic) => WordSize * (1 + (int)(magic & DimensionsMask));

    /// <summary>Reads a file; one whose name ends in <c>.gz</c> is decompressed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="magic">What it has to hold: <see cref="Images"/> or <see cref="Labels"/>.</param>
    /// <param name="sizes">Receives the size of each dimension, all of them positive.</param>
    /// <returns>The content: as many bytes as the product of the sizes.</returns>
    /// <exception cref="DatasetException">The file cannot be read, or is not what it has to be; the message names the byte.</exception>
    public static byte[] Read(string path, uint magic, out int[] sizes)
    {
        try
        {
            // The sizes are a claim. Memory is allocated only once as many bytes were really seen, which takes a second pass.
            using (Stream stream = Open(path))
                sizes = Check(stream, path, magic);

            var content = new byte[sizes.Aggregate(1, (product, size) => product * size)];
            using (Stream stream = Open(path))
            {
                stream.ReadExactly(new byte[HeaderSize(magic)]);
                stream.ReadExactly(content);
            }

            return content;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(path, $"cannot be read: {error.Message}", error);
        }
    }

    private static Stream Open(string path)
    {
        FileStream file = File.OpenRead(path);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static int[] Check(Stream stream, string path, uint magic)
    {
        long length = 0;
        try
        {
            var header = new byte[HeaderSize(magic)];
            length = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
            int[] sizes = ReadHeader(header.AsSpan(0, (int)length), path, magic, out UInt128 promised);

            var passed = new byte[1 << 16];
            for (int count; (count = stream.Read(passed)) > 0;)
                length += count;

            CheckLength(path, sizes, promised, length - header.Length, header.Length);
            return sizes;
        }
        catch (InvalidDataException error)
        {
            throw new DatasetException(path, $"the compression is damaged after byte {length} of the content: {error.Message} Fetch the file again.", error);
        }
    }

    private static int[] ReadHeader(ReadOnlySpan<byte> header, string path, uint magic, out UInt128 promised)
    {
        int dimensions = (int)(magic & DimensionsMask);
        if (header.Length >= WordSize && Word(header, 0) is var found && found != magic)
            throw new DatasetException(path, $"byte 0: magic number 0x{found:X8} instead of 0x{magic:X8}, so this is no IDX file of {Content(magic)}{Hint(found)}.");
        if (header.Length < HeaderSize(magic))
            throw new DatasetException(path, $"it ends at byte {header.Length}, within the header of {HeaderSize(magic)} bytes; fetch the file again.");

        promised = 1;
        var sizes = new int[dimensions];
        for (int d = 0; d < dimensions; d++)
        {
            uint size = Word(header, 1 + d);
            if (size is 0 or > int.MaxValue)
                throw new DatasetException(path, $"byte {WordSize * (1 + d)}: dimension {d} has size {size}, which is not from 1 to {int.MaxValue}; fetch the file again.");
            sizes[d] = (int)size;
            promised *= size;
        }

        return sizes;
    }

    private static void CheckLength(string path, int[] sizes, UInt128 promised, long found, int start)
    {
        if (promised != (UInt128)found)
        {
            string damage = promised > (UInt128)found ? "the file is cut short" : "something follows the content";
            throw new DatasetException(path, $"byte {start}: {string.Join(" · ", sizes)} is a content of {promised} bytes, but {found} bytes follow; {damage}, fetch it again.");
        }

        if (found > Array.MaxLength)
            throw new DatasetException(path, $"byte {start}: a content of {found} bytes is more than the {Array.MaxLength} that fit; divide the file.");
    }

    private static uint Word(ReadOnlySpan<byte> header, int index) => BinaryPrimitives.ReadUInt32BigEndian(header[(WordSize * index)..]);

    private static string Content(uint magic) => magic == Images ? "images" : "labels";

    private static string Hint(uint found) => found switch
    {
        Images => " but one of images; exchange the two paths",
        Labels => " but one of labels; exchange the two paths",
        >= 0x1F8B0000 and <= 0x1F8BFFFF => " but a compressed one; let its name end in .gz",
        _ => "; check the path",
    };
}
