namespace Fpe.Runtime.Tests.Checkpoints;

/// <summary>A file on a disk that fails from some byte on.</summary>
internal sealed class FailingFile(byte[] content, int failsFrom) : MemoryStream(content)
{
    public override int Read(byte[] buffer, int offset, int count) => Position + count <= failsFrom || Position >= Length
        ? base.Read(buffer, offset, count)
        : Position < failsFrom ? base.Read(buffer, offset, (int)(failsFrom - Position)) : throw new IOException("Input/output error");
}
