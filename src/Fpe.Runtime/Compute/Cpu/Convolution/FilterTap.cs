namespace Fpe.Compute.Cpu;

/// <summary>A weight of a filter that lies over the image.</summary>
/// <param name="Weight">Which of the filter's weights.</param>
/// <param name="Distance">Floats from the first pixel of the window to what it multiplies.</param>
internal readonly record struct FilterTap(nint Weight, nint Distance);
