namespace Fpe.Runtime.Tests.Checkpoints;

/// <summary>A file of which only the beginning is there to be read.</summary>
internal sealed class LongFile(byte[] beginning, long length) : MemoryStream(beginning)
{
    public override long Length => length;
}
