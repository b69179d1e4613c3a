namespace Fpe.Compute.Cpu;

/// <summary>The position of a weight of a filter in the window.</summary>
/// <param name="Distance">Floats from the first pixel of the window to the input of the weight.</param>
/// <param name="Row">Row of the window.</param>
/// <param name="Column">Column of the window.</param>
internal readonly record struct FilterPlace(nint Distance, int Row, int Column);
