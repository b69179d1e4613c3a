using Fpe.Compute;

namespace Fpe.Distributed;

/// <summary>Consecutive elements of a buffer that are sent to another rank or received from it.</summary>
/// <param name="Peer">The other rank.</param>
/// <param name="Buffer">The buffer.</param>
/// <param name="Offset">The first element.</param>
/// <param name="Count">The number of elements; at least 1.</param>
public readonly record struct TransferPart(int Peer, DeviceBuffer Buffer, int Offset, int Count);
