namespace Fpe.Compute.Cpu;

/// <summary>Where a weight of a filter lies.</summary>
/// <param name="Distance">Floats from the first pixel of the window to what it multiplies.</param>
/// <param name="Row">Row of the window.</param>
/// <param name="Column">Column of the window.</param>
internal readonly record struct FilterPlace(nint Distance, int Row, int Column);
