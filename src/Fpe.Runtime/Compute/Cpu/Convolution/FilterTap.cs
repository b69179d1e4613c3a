namespace Fpe.Compute.Cpu;

/// <summary>A weight of a filter that is inside the image.</summary>
/// <param name="Weight">Index of the weight in the filter.</param>
/// <param name="Distance">Floats from the first pixel of the window to the input of the weight.</param>
internal readonly record struct FilterTap(nint Weight, nint Distance);
