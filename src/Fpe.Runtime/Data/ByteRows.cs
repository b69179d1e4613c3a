using Fpe.Data.Files;

namespace Fpe.Data;

/// <summary>Samples of bytes in records of fixed size, in one or more consecutive files.</summary>
/// <param name="files">The files and the number of records in each.</param>
/// <param name="layout">The location of a sample's bytes.</param>
/// <param name="values">The value of each of the 256 bytes.</param>
internal sealed class ByteRows(IReadOnlyList<(DataBytes Bytes, int Count)> files, RecordLayout layout, float[] values) : IRowSource
{
    public int Count { get; } = checked(files.Sum(file => file.Count));

    public int FeatureCount => layout.Features;

    public void Read(int row, Span<float> values)
    {
        int file = 0;
        while (row >= files[file].Count)
            row -= files[file++].Count;
        Read(files[file].Bytes, layout.FeaturesOf(row), values[..FeatureCount]);
    }

    private void Read(DataBytes bytes, long start, Span<float> destination)
    {
        const int BufferLength = 1 << 12;
        Span<byte> buffer = stackalloc byte[BufferLength];
        while (!destination.IsEmpty)
        {
            Span<byte> part = buffer[..Math.Min(destination.Length, BufferLength)];
            bytes.Read(start, part);
            for (int i = 0; i < part.Length; i++)
                destination[i] = values[part[i]];
            destination = destination[part.Length..];
            start += part.Length;
        }
    }
}
