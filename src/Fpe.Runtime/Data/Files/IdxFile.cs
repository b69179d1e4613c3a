using System.Buffers.Binary;

namespace Fpe.Data.Files;

/// <summary>
/// The container that MNIST and its successors come in: a magic number, a size a dimension (all of them 32 bits, big-endian),
/// then unsigned bytes in row-major order.
/// </summary>
internal sealed class IdxFile
{
    /// <summary>Magic number of unsigned bytes in three dimensions.</summary>
    public const uint Images = 0x00000803;

    /// <summary>Magic number of unsigned bytes in one dimension.</summary>
    public const uint Labels = 0x00000801;

    private const int WordSize = 4;
    private const uint DimensionsMask = 0xFF;

    private IdxFile(DataBytes bytes, int[] sizes)
    {
        Bytes = bytes;
        Sizes = sizes;
    }

    /// <summary>Byte that holds the number of samples.</summary>
    public static FilePlace CountPlace => FilePlace.Byte(WordSize);

    /// <summary>The whole file.</summary>
    public DataBytes Bytes { get; }

    /// <summary>Size of each dimension, all of them positive.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>First byte of the content.</summary>
    public int Start => WordSize * (1 + Sizes.Count);

    /// <summary>Opens a file, and checks that it holds exactly the bytes its header promises.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="magic">What it has to hold: <see cref="Images"/> or <see cref="Labels"/>.</param>
    /// <exception cref="DataFileException">The file cannot be read, or is not what it has to be.</exception>
    public static IdxFile Open(DataBytes bytes, uint magic)
    {
        var file = new IdxFile(bytes, ReadHeader(bytes, magic));
        UInt128 promised = 1;
        foreach (int size in file.Sizes)
            promised *= (UInt128)size;
        bytes.CheckContent(file.Start, promised > long.MaxValue ? null : (long)promised, string.Join(" · ", file.Sizes));
        return file;
    }

    private static int[] ReadHeader(DataBytes bytes, uint magic)
    {
        int dimensions = (int)(magic & DimensionsMask);
        Span<byte> header = stackalloc byte[WordSize * (1 + dimensions)];
        int found = (int)Math.Min(header.Length, bytes.Length);
        bytes.Read(0, header[..found]);
        if (found == 0)
            throw new FileEmptyException(bytes.File, default, "it has no bytes; fetch it again.");
        if (found >= WordSize && Word(header, 0) is var start && start != magic)
            throw new FileCorruptException(bytes.File, FilePlace.Byte(0), $"magic number 0x{start:X8} instead of 0x{magic:X8}, so this is no IDX file of {Content(magic)}{Hint(start)}.");
        if (found < header.Length)
            throw new FileTruncatedException(bytes.File, FilePlace.Byte(found), $"the file ends within the header of {header.Length} bytes; fetch it again.");

        var sizes = new int[dimensions];
        for (int d = 0; d < dimensions; d++)
        {
            uint size = Word(header, 1 + d);
            if (size == 0)
                throw new FileEmptyException(bytes.File, FilePlace.Byte(WordSize * (1 + d)), $"dimension {d} has size 0, so there are no samples; fetch the file again.");
            if (size > int.MaxValue)
                throw new FileCorruptException(bytes.File, FilePlace.Byte(WordSize * (1 + d)), $"dimension {d} has size {size}, which is not from 1 to {int.MaxValue}; fetch the file again.");
            sizes[d] = (int)size;
        }

        return sizes;
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
