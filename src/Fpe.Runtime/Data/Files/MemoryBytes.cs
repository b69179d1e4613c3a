namespace Fpe.Data.Files;

/// <summary>Bytes in memory.</summary>
internal sealed class MemoryBytes(string file, ReadOnlyMemory<byte> bytes) : DataBytes(file, bytes.Length)
{
    public ReadOnlySpan<byte> Span => bytes.Span;

    public override void Read(long start, Span<byte> bytes) => Span.Slice((int)start, bytes.Length).CopyTo(bytes);

    public override MemoryBytes ToMemory() => this;

    public override void Dispose()
    {
    }
}
