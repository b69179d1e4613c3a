using System.Buffers.Binary;

namespace Fpe.Data.Files;

/// <summary>The header of an array file (NumPy enhancement proposal 1; format versions 1.0, 2.0 and 3.0).</summary>
/// <param name="Type">The type of the numbers.</param>
/// <param name="IsFortranOrder">Whether the first index varies fastest instead of the last.</param>
/// <param name="Shape">The size of each dimension; empty for a single number.</param>
/// <param name="Start">The position of the first number.</param>
internal sealed record NpyHeader(NpyType Type, bool IsFortranOrder, long[] Shape, long Start)
{
    /// <summary>The maximum length of a header in bytes; NumPy's own have about a hundred.</summary>
    private const int MaximumLength = 1 << 16;

    private const int VersionAt = 6;
    private const int LengthAt = 8;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a header and checks that the file contains exactly the declared numbers.</summary>
    /// <exception cref="DataFileException">It does not, the file is not an array file, or its numbers are not supported.</exception>
    public static NpyHeader Read(DataBytes bytes)
    {
        (long start, int length) = ReadLength(bytes);
        var text = new byte[length];
        bytes.Read(start, text);
        (string descr, bool isFortranOrder, long[] shape) = new NpyHeaderParser(bytes.File, text, start).Parse();
        if (!NpyType.TryParse(descr, out NpyType type))
            throw new FileUnsupportedException(bytes.File, FilePlace.Byte(start), $"numbers of type '{Quotation.Of(descr)}' are not supported, only Booleans, integers of 8 to 64 bits and floating-point numbers of 16 to 64 bits; convert them, as with x.astype('float32').");

        var header = new NpyHeader(type, isFortranOrder, shape, start + length);
        long? size = SizeOf(shape, type.Size);
        if (size < bytes.Length - header.Start && IsArray(bytes, header.Start + size.Value))
            throw new FileUnsupportedException(bytes.File, FilePlace.Byte(header.Start + size.Value), "another array follows, but only files with one array are supported; save each array to its own file, or all with numpy.savez.");
        bytes.CheckContent(header.Start, size, $"{header.ShapeText} {type.Words} of type {type}");
        return header;
    }

    /// <summary>The sizes as text, such as <c>3 · 4</c>.</summary>
    public string ShapeText => Shape.Length == 0 ? "1" : string.Join(" · ", Shape);

    private static (long Start, int Length) ReadLength(DataBytes bytes)
    {
        Span<byte> prefix = stackalloc byte[LengthAt + sizeof(uint)];
        int found = (int)Math.Min(bytes.Length, prefix.Length);
        bytes.Read(0, prefix[..found]);
        if (found == 0)
            throw new FileEmptyException(bytes.File, default, "it has no bytes; fetch it again.");
        if (!prefix[..Math.Min(found, Magic.Length)].SequenceEqual(Magic[..Math.Min(found, Magic.Length)]))
            throw bytes.OtherKind("a file of numpy.save") ?? (DataFileException)new FileCorruptException(bytes.File, FilePlace.Byte(0), "it does not begin like a file of numpy.save; check the path.");

        int start = found > VersionAt && prefix[VersionAt] == 1 ? LengthAt + sizeof(ushort) : LengthAt + sizeof(uint);
        if (found < start)
            throw new FileTruncatedException(bytes.File, FilePlace.Byte(bytes.Length), "the file ends within its header; fetch it again.");
        if (prefix[VersionAt] is not (1 or 2 or 3) || prefix[VersionAt + 1] != 0)
            throw new FileUnsupportedException(bytes.File, FilePlace.Byte(VersionAt), $"format version {prefix[VersionAt]}.{prefix[VersionAt + 1]} is not supported, only 1.0, 2.0 and 3.0; save it with another version.");

        uint length = prefix[VersionAt] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(prefix[LengthAt..]) : BinaryPrimitives.ReadUInt32LittleEndian(prefix[LengthAt..]);
        if (length > MaximumLength)
            throw new FileUnsupportedException(bytes.File, FilePlace.Byte(LengthAt), $"a header of {length} bytes exceeds the maximum of {MaximumLength}; save only the numbers.");
        if (length > bytes.Length - start)
            throw new FileTruncatedException(bytes.File, FilePlace.Byte(bytes.Length), $"the file ends within its header of {length} bytes; fetch it again.");
        return (start, (int)length);
    }

    private static bool IsArray(DataBytes bytes, long place)
    {
        Span<byte> magic = stackalloc byte[Magic.Length];
        if (bytes.Length - place < magic.Length)
            return false;
        bytes.Read(place, magic);
        return magic.SequenceEqual(Magic);
    }

    // Null if the product exceeds 64 bits.
    private static long? SizeOf(long[] shape, int itemSize)
    {
        if (shape.Contains(0))
            return 0;
        UInt128 size = (UInt128)itemSize;
        foreach (long dimension in shape)
        {
            size *= (UInt128)dimension;
            if (size > long.MaxValue)
                return null;
        }

        return (long)size;
    }
}
