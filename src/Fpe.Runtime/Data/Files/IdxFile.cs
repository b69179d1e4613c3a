using System.Buffers.Binary;

namespace Fpe.Data.Files;

/// <summary>
/// The container that MNIST and its successors come in: two zeros, a byte for the type of the numbers and one for how many
/// dimensions there are, a size a dimension (32 bits, high byte first), then the numbers, high byte first and in row-major order.
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

    /// <summary>Byte that holds the number of samples.</summary>
    public static FilePlace CountPlace => FilePlace.Byte(WordSize);

    /// <summary>The whole file.</summary>
    public DataBytes Bytes { get; }

    /// <summary>Type of the numbers.</summary>
    public NpyType Type { get; }

    /// <summary>Size of each dimension, all of them positive.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>First byte of the content.</summary>
    public int Start => WordSize * (1 + Sizes.Count);

    /// <summary>Numbers of a sample: what all dimensions but the first make.</summary>
    public long SampleSize => Sizes.Skip(1).Aggregate(1L, (product, size) => product * size);

    private string ShapeText => $"[{string.Join(", ", Sizes)}]";

    /// <summary>Opens a file of images: unsigned bytes in two dimensions or more.</summary>
    /// <exception cref="DataFileException">The file cannot be read, is damaged, or is none of images.</exception>
    public static IdxFile OpenImages(DataBytes bytes)
    {
        IdxFile file = Open(bytes);
        if (file.Sizes.Count == 1)
            throw Unsupported(bytes, $"it holds {file.ShapeText} numbers, one a sample, as files of labels do, where images are expected; check whether the two paths are exchanged.");
        if (file.Type is not { Kind: NpyKind.Unsigned, Size: 1 })
            throw Unsupported(bytes, $"its pixels are numbers of type {file.Type}, and only unsigned bytes are read from IDX files; save them with numpy.save, and read them with NpyClasses.");
        return file;
    }

    /// <summary>Opens a file of labels: integers [count], [count, 1], or, as QMNIST has them, [count, 8], of which the first is the class.</summary>
    /// <exception cref="DataFileException">The file cannot be read, is damaged, or is none of labels.</exception>
    public static IdxFile OpenLabels(DataBytes bytes)
    {
        IdxFile file = Open(bytes);
        bool isColumn = file.Sizes.Count == 1 || file is { Sizes: [_, 1] } or { Sizes: [_, QmnistColumns], Type: { Kind: NpyKind.Signed, Size: 4 } };
        if (!isColumn)
            throw Unsupported(bytes, $"it holds {file.ShapeText} numbers, as files of images do, where a label a sample is expected; check whether the two paths are exchanged.");
        if (!file.Type.IsInteger)
            throw Unsupported(bytes, $"its labels are numbers of type {file.Type}, and only integers are classes; save them as integers.");
        return file;
    }

    /// <summary>The first number of each sample.</summary>
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

    /// <summary>First byte of a sample.</summary>
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
            throw bytes.OtherKind("an IDX file") ?? (DataFileException)new FileCorruptException(bytes.File, FilePlace.Byte(0), $"magic number 0x{Word(magic, 0):X8} is that of no IDX file; check the path.");

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
