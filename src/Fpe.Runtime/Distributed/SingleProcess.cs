using Fpe.Compute;

namespace Fpe.Distributed;

/// <summary>The group of one process, which exchanges nothing.</summary>
internal sealed class SingleProcess : ProcessGroup
{
    /// <inheritdoc/>
    public override string Name => "one process";

    /// <inheritdoc/>
    public override int Rank => 0;

    /// <inheritdoc/>
    public override int Size => 1;

    /// <inheritdoc/>
    public override bool Reaches(DeviceBuffer buffer) => true;

    /// <inheritdoc/>
    public override Transfer Prepare(IReadOnlyList<TransferPart> sends, IReadOnlyList<TransferPart> receives) =>
        throw new InvalidOperationException("A single process has no other to exchange numbers with.");

    /// <inheritdoc/>
    public override byte[][] AllGather(ReadOnlySpan<byte> own) => [own.ToArray()];
}
