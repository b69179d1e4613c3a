namespace Fpe.Compute.Cpu;

/// <summary>A weight of a filter, whose gradient is summed.</summary>
/// <param name="weight">Which of the filter's weights; −1 for one that fills up a tile, and sees nothing.</param>
/// <param name="row">Its row in the window.</param>
/// <param name="distance">Floats from the first pixel of the window to what it multiplies.</param>
/// <param name="places">The places of a row of the output where it lies between the left and the right border of the image.</param>
internal readonly unsafe struct WindowTap(int weight, int row, nint distance, (int First, int End) places)
{
    public int Weight => weight;

    /// <summary>A tap of the filters of a convolution.</summary>
    /// <param name="g">The convolution.</param>
    /// <param name="weight">Which of the filter's weights.</param>
    /// <param name="column">The weight's number in a whole filter.</param>
    public static WindowTap Of(ConvolutionGeometry* g, int weight, int column)
    {
        (int channel, int i, int j) = g->PlaceOf(column);
        return new(weight, i, ((channel * (nint)g->Height + i) * g->Width + j) * Panel.Width, g->OutputsThatSee(j));
    }

    /// <summary>A tap that fills up a tile.</summary>
    public static WindowTap None => new(-1, 0, 0, (0, 0));

    /// <summary>The tap along a row of the output.</summary>
    /// <param name="window">First pixel of the row's first window.</param>
    /// <param name="rows">Rows of the window that lie inside the image.</param>
    public FilterGradientTap Over(float* window, (int First, int Count) rows) =>
        (uint)(row - rows.First) < (uint)rows.Count ? new(window + distance, places.First, places.End) : new(window, 0, 0);
}
