using System.Buffers.Binary;

namespace Fpe.Data.Files;

/// <summary>
/// The container format of MNIST and its successors: two zeros, one byte for the type of the numbers and one for the number of dimensions,
/// one size per dimension (32 bits, big-endian), then the numbers, big-endian and in row-major order.
/// </summary>
internal sealed class IdxFile
{
    private const int WordSize = 4;
    private const int TypePlace = 2;
    private const int QmnistColumns = 8;

    private IdxFile(DataBytes bytes, NpyType type, int[] sizes)
    {
        Bytes = bytes;
        Type = type;
        Sizes = sizes;
    }

    /// <summary>The location of the number of samples.</summary>
    public static FilePlace CountPlace => FilePlace.Byte(WordSize);

    /// <summary>The whole file.</summary>
    public DataBytes Bytes { get; }

    /// <summary>The type of the numbers.</summary>
    public NpyType Type { get; }

    /// <summary>The size of each dimension; all sizes are positive.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>The first byte of the content.</summary>
    public int Start => WordSize * (1 + Sizes.Count);

    /// <summary>The number of elements of a sample: the product of all dimensions except the first.</summary>
    public long SampleSize => Sizes.Skip(1).Aggregate(1L, (product, size) => product * size);

    private string ShapeText => $"[{string.Join(", ", Sizes)}]";

    /// <summary>Opens a file of images: unsigned bytes in at least two dimensions.</summary>
    /// <exception cref="DataFileException">The file cannot be read, is damaged, or does not contain images.</exception>
    public static IdxFile OpenImages(DataBytes bytes)
    {
        IdxFile file = Open(bytes);
        if (file.Sizes.Count == 1)
            throw Unsupported(bytes, $"it contains {file.ShapeText} numbers, one per sample, like a file of labels, but images are expected; check whether the two paths are swapped.");
        if (file.Type is not { Kind: NpyKind.Unsigned, Size: 1 })
            throw Unsupported(bytes, $"its pixels are numbers of type {file.Type}, but only unsigned bytes are supported in IDX files; save them with numpy.save, and read them with NpyClasses.");
        return file;
    }

    /// <summary>
    /// Opens a file of labels: integers [count], [count, 1] or, as in QMNIST, [count, 8], the first of which is the class.
    /// </summary>
    /// <exception cref="DataFileException">The file cannot be read, is damaged, or does not contain labels.</exception>
    public static IdxFile OpenLabels(DataBytes bytes)
    {
        IdxFile file = Open(bytes);
        bool isColumn = file.Sizes.Count == 1 || file is { Sizes: [_, 1] } or { Sizes: [_, QmnistColumns], Type: { Kind: NpyKind.Signed, Size: 4 } };
        if (!isColumn)
            throw Unsupported(bytes, $"it contains {file.ShapeText} numbers, like a file of images, but one label per sample is expected; check whether the two paths are swapped.");
        if (!file.Type.IsInteger)
            throw Unsupported(bytes, $"its labels are numbers of type {file.Type}, but classes must be integers; save them as integers.");
        return file;
    }

    /// <summary>Returns the first number of each sample.</summary>
    public IEnumerable<long> FirstColumn()
    {
        MemoryBytes content = Bytes.ToMemory();
        var value = new long[1];
        for (int s = 0; s < Sizes[0]; s++)
        {
            NpyNumbers.ToInt64s(Type, content.Span.Slice((int)PlaceOf(s), Type.Size), value);
            yield return value[0];
        }
    }

    /// <summary>Returns the position of the first byte of a sample.</summary>
    public long PlaceOf(int sample) => Start + (sample * SampleSize * Type.Size);

    private static IdxFile Open(DataBytes bytes)
    {
        var file = ReadHeader(bytes);
        UInt128 promised = (UInt128)file.Type.Size;
        foreach (int size in file.Sizes.TakeWhile(_ => promised <= long.MaxValue))
            promised *= (UInt128)size;
        bytes.CheckContent(file.Start, promised > long.MaxValue ? null : (long)promised, string.Join(" · ", file.Sizes));
        return file;
    }

    private static IdxFile ReadHeader(DataBytes bytes)
    {
        Span<byte> magic = stackalloc byte[WordSize];
        Read(bytes, magic);
        if (magic is not [0, 0, _, > 0] || TypeOf(magic[TypePlace]) is not { } type)
            throw bytes.OtherKind("an IDX file") ?? (DataFileException)new FileCorruptException(bytes.File, FilePlace.Byte(0), $"magic number 0x{Word(magic, 0):X8} is not that of an IDX file; check the path.");

        int dimensions = magic[^1];
        Span<byte> header = stackalloc byte[WordSize * (1 + byte.MaxValue)];
        header = header[..(WordSize * (1 + dimensions))];
        Read(bytes, header);
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

        return new IdxFile(bytes, type, sizes);
    }

    private static void Read(DataBytes bytes, Span<byte> header)
    {
        int found = (int)Math.Min(header.Length, bytes.Length);
        if (found == 0)
            throw new FileEmptyException(bytes.File, default, "it has no bytes; fetch it again.");
        if (found < header.Length)
            throw new FileTruncatedException(bytes.File, FilePlace.Byte(found), $"the file ends within the header of {header.Length} bytes; fetch it again.");
        bytes.Read(0, header);
    }

    private static NpyType? TypeOf(byte code) => code switch
    {
        0x08 => new NpyType(NpyKind.Unsigned, 1),
        0x09 => new NpyType(NpyKind.Signed, 1),
        0x0B => new NpyType(NpyKind.Signed, 2, IsBigEndian: true),
        0x0C => new NpyType(NpyKind.Signed, 4, IsBigEndian: true),
        0x0D => new NpyType(NpyKind.Float, 4, IsBigEndian: true),
        0x0E => new NpyType(NpyKind.Float, 8, IsBigEndian: true),
        _ => null,
    };

    private static uint Word(ReadOnlySpan<byte> header, int index) => BinaryPrimitives.ReadUInt32BigEndian(header[(WordSize * index)..]);

    private static FileUnsupportedException Unsupported(DataBytes bytes, string problem) => new(bytes.File, FilePlace.Byte(TypePlace), problem);
}
