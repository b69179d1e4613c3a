namespace Fpe.Distributed;

/// <summary>The elements of a buffer that a rank adds.</summary>
/// <param name="Offset">The first; where a slice of the buffer can start.</param>
/// <param name="Count">Their number, which may be 0.</param>
internal readonly record struct Segment(int Offset, int Count);
