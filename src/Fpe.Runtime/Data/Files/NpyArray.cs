using Fpe.Numerics;

namespace Fpe.Data.Files;

/// <summary>
/// An array as written by <c>numpy.save</c>: integers, floating-point numbers or texts of any size and byte order, in C or Fortran order. The
/// header is read and checked against the actual size of the file when it is opened; the numbers are read on demand. The file is closed by
/// <see cref="Dispose"/> or, eventually, by the finalizer.
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

    /// <summary>Gets the path of the file; for an array in an archive, the path and the name of the array.</summary>
    public string File => bytes.File;

    /// <summary>Gets the size of each dimension; empty for a single number.</summary>
    public IReadOnlyList<long> Shape => header.Shape;

    /// <summary>Gets the type of the elements.</summary>
    public NpyType Type => header.Type;

    /// <summary>
    /// Gets whether the first index varies fastest in the file instead of the last. Values that are read are always in C order.
    /// </summary>
    public bool IsFortranOrder => header.IsFortranOrder;

    /// <summary>Gets the number of elements.</summary>
    public long Length { get; }

    /// <summary>Whether the numbers are in memory instead of a file.</summary>
    internal bool IsInMemory => bytes is MemoryBytes;

    /// <summary>Opens a file. A file whose name ends in <c>.gz</c> is decompressed into memory; any other is read on demand.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFileException">The file cannot be opened, is damaged, or does not contain numbers.</exception>
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

    /// <summary>
    /// Returns all numbers in C order, in which the last index varies fastest, converted to 32 bits and rounded if they have more digits.
    /// </summary>
    /// <exception cref="FileUnsupportedException">The elements are texts.</exception>
    /// <exception cref="FileCorruptException">A number is infinite or NaN, or does not fit into 32 bits.</exception>
    /// <exception cref="FileOversizedException">The numbers do not fit into one array.</exception>
    public float[] ToSingles()
    {
        RequireNumbers();
        float[] values = Convert<float>(NpyNumbers.ToSingles);
        int wrong = NonFinite.IndexIn(values);
        if (wrong >= 0)
            throw NonFiniteError(ByteOf(wrong), wrong, values[wrong]);
        return IsFortranOrder ? ToOrderC(values) : values;
    }

    /// <summary>Returns all integers in C order, in which the last index varies fastest.</summary>
    /// <exception cref="FileUnsupportedException">The numbers are not integers.</exception>
    /// <exception cref="FileOversizedException">The numbers do not fit into one array.</exception>
    public long[] ToInt64s()
    {
        if (!Type.IsInteger)
            throw new FileUnsupportedException(File, default, $"it contains {Type.Words} of type {Type}, but integers are required; {(Type.Kind == NpyKind.Text ? "read names of classes with NpyClasses.ReadNamed, or convert them." : "convert them, as with y.astype('int64').")}");
        long[] values = Convert<long>(NpyNumbers.ToInt64s);
        return IsFortranOrder ? ToOrderC(values) : values;
    }

    /// <summary>Returns all texts in C order, in which the last index varies fastest, without the zeros that fill them.</summary>
    /// <exception cref="FileUnsupportedException">The elements are not texts.</exception>
    /// <exception cref="FileCorruptException">A text has a character that Unicode does not have.</exception>
    /// <exception cref="FileOversizedException">The texts do not fit into one array.</exception>
    public string[] ToTexts()
    {
        if (Type.Kind != NpyKind.Text)
            throw new FileUnsupportedException(File, default, $"it contains numbers of type {Type}, but texts are required; convert them, as with y.astype(str).");
        string[] texts = Convert<string>(NpyTexts.ToStrings);
        int wrong = Array.IndexOf(texts, null);
        if (wrong >= 0)
            throw new FileCorruptException(File, FilePlace.Byte(ByteOf(wrong)), FormattableString.Invariant($"text {wrong} has a character that Unicode does not have; fetch the file again, or save it with numpy.save."));
        return IsFortranOrder ? ToOrderC(texts) : texts;
    }

    /// <exception cref="FileUnsupportedException">The elements are texts.</exception>
    internal void RequireNumbers()
    {
        if (Type.Kind == NpyKind.Text)
            throw new FileUnsupportedException(File, default, $"it contains texts of type {Type}, but numbers are required; convert them, as with x.astype('float32').");
    }

    /// <summary>Closes the file. The shape is still available, but numbers can no longer be read.</summary>
    public void Dispose() => bytes.Dispose();

    /// <summary>Returns the same array with its numbers in memory.</summary>
    internal NpyArray ToMemory() => IsInMemory ? this : new NpyArray(bytes.ToMemory());

    /// <summary>Returns the position of a number; the index is in the order of the file.</summary>
    internal long ByteOf(long index) => header.Start + (index * Type.Size);

    /// <summary>Reads consecutive numbers of an array in C order without allocating memory.</summary>
    /// <exception cref="FileCorruptException">A number is infinite or NaN, or does not fit into 32 bits.</exception>
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
            throw new FileOversizedException(File, default, $"its {Length} numbers exceed the {Array.MaxLength} that fit into memory; open it instead of reading it.");
        ReadOnlySpan<byte> content = bytes.ToMemory().Span[(int)header.Start..];
        var values = new T[Length];
        convert(Type, content, values);
        return values;
    }

    // Applies the strides of C order to numbers whose first index varies fastest.
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
        new(File, FilePlace.Byte(at), FormattableString.Invariant($"number {index} is {value} as a 32-bit number; replace it with a finite one, or remove its sample."));

    private delegate void Conversion<T>(NpyType type, ReadOnlySpan<byte> bytes, Span<T> values);
}
