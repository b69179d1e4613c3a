using Fpe.Numerics;

namespace Fpe.Data.Files;

/// <summary>
/// An array as <c>numpy.save</c> writes it: integers or floating-point numbers of any size and byte order, in C or Fortran order.
/// Its header is read and checked against the file's real size when it is opened, its numbers when they are asked for. The file is
/// closed by <see cref="Dispose"/>, or some time after the array was forgotten.
/// </summary>
public sealed class NpyArray : IDisposable
{
    private readonly DataBytes bytes;
    private readonly NpyHeader header;

    internal NpyArray(DataBytes bytes)
    {
        this.bytes = bytes;
        header = NpyHeader.Read(bytes);
        Length = header.Shape.Aggregate(1L, (product, size) => product * size);
    }

    /// <summary>Path of the file; for an array within an archive, path and name of the array.</summary>
    public string File => bytes.File;

    /// <summary>Size of each dimension; empty for a single number.</summary>
    public IReadOnlyList<long> Shape => header.Shape;

    /// <summary>Type of the numbers.</summary>
    public NpyType Type => header.Type;

    /// <summary>Whether the first index runs fastest in the file, as opposed to the last. What is read from it is always in C order.</summary>
    public bool IsFortranOrder => header.IsFortranOrder;

    /// <summary>How many numbers it holds.</summary>
    public long Length { get; }

    /// <summary>Whether the numbers are in memory, as opposed to a file.</summary>
    internal bool IsInMemory => bytes is MemoryBytes;

    /// <summary>Opens a file; one whose name ends in <c>.gz</c> is decompressed into memory, any other stays where it is.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFileException">It cannot be opened, is damaged, or holds what is no number.</exception>
    public static NpyArray Open(string path)
    {
        DataBytes bytes = DataBytes.Open(path);
        try
        {
            return new NpyArray(bytes);
        }
        catch (DataFileException)
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>All numbers in C order: the last index runs fastest. Converted to 32 bits, rounded where they have more digits.</summary>
    /// <exception cref="FileCorruptException">A number is infinite or none, or does not fit into 32 bits.</exception>
    /// <exception cref="FileOversizedException">They do not fit into one array.</exception>
    public float[] ToSingles()
    {
        float[] values = Convert<float>(NpyNumbers.ToSingles);
        int wrong = NonFinite.IndexIn(values);
        if (wrong >= 0)
            throw NonFiniteError(ByteOf(wrong), wrong, values[wrong]);
        return IsFortranOrder ? ToOrderC(values) : values;
    }

    /// <summary>All integers in C order: the last index runs fastest.</summary>
    /// <exception cref="FileUnsupportedException">These are no integers.</exception>
    /// <exception cref="FileOversizedException">They do not fit into one array.</exception>
    public long[] ToInt64s()
    {
        if (!Type.IsInteger)
            throw new FileUnsupportedException(File, default, $"it holds numbers of type {Type} where integers are needed; convert them, as with y.astype('int64').");
        long[] values = Convert<long>(NpyNumbers.ToInt64s);
        return IsFortranOrder ? ToOrderC(values) : values;
    }

    /// <summary>Closes the file. The shape can still be asked for, numbers that were not read cannot.</summary>
    public void Dispose() => bytes.Dispose();

    /// <summary>The same array with its numbers in memory.</summary>
    internal NpyArray ToMemory() => IsInMemory ? this : new NpyArray(bytes.ToMemory());

    /// <summary>Byte of a number, counted in the order of the file.</summary>
    internal long ByteOf(long index) => header.Start + (index * Type.Size);

    /// <summary>Reads consecutive numbers of an array in C order. Allocates nothing.</summary>
    /// <exception cref="FileCorruptException">A number is infinite or none, or does not fit into 32 bits.</exception>
    internal void Read(long first, Span<float> values)
    {
        const int BufferLength = 1 << 12;
        Span<byte> buffer = stackalloc byte[BufferLength];
        int most = BufferLength / Type.Size;
        while (!values.IsEmpty)
        {
            Span<float> part = values[..Math.Min(values.Length, most)];
            Span<byte> source = buffer[..(part.Length * Type.Size)];
            bytes.Read(ByteOf(first), source);
            NpyNumbers.ToSingles(Type, source, part);
            int wrong = NonFinite.IndexIn(part);
            if (wrong >= 0)
                throw NonFiniteError(ByteOf(first + wrong), first + wrong, part[wrong]);
            values = values[part.Length..];
            first += part.Length;
        }
    }

    private T[] Convert<T>(Conversion<T> convert)
    {
        if (Length > Array.MaxLength)
            throw new FileOversizedException(File, default, $"its {Length} numbers are more than the {Array.MaxLength} that fit into memory at once; open it instead of reading it.");
        ReadOnlySpan<byte> content = bytes.ToMemory().Span[(int)header.Start..];
        var values = new T[Length];
        convert(Type, content, values);
        return values;
    }

    // The strides of C order, applied to numbers whose first index runs fastest.
    private T[] ToOrderC<T>(T[] source)
    {
        long[] shape = header.Shape;
        var index = new long[shape.Length];
        var ordered = new T[source.Length];
        for (int i = 0; i < ordered.Length; i++)
        {
            long at = 0;
            for (int d = shape.Length - 1; d >= 0; d--)
                at = (at * shape[d]) + index[d];
            ordered[i] = source[at];
            for (int d = shape.Length - 1; d >= 0 && ++index[d] == shape[d]; d--)
                index[d] = 0;
        }

        return ordered;
    }

    private FileCorruptException NonFiniteError(long at, long index, float value) =>
        new(File, FilePlace.Byte(at), FormattableString.Invariant($"number {index} is {value} as a 32-bit number; replace it by a finite one, or leave its sample out."));

    private delegate void Conversion<T>(NpyType type, ReadOnlySpan<byte> bytes, Span<T> values);
}
