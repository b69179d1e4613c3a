using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>A weight of a filter, whose gradient is summed.</summary>
/// <param name="weight">Index of the weight in the filter; −1 for padding of a tile.</param>
/// <param name="row">Its row in the window.</param>
/// <param name="distance">Floats from the first pixel of the window to the input of the weight.</param>
/// <param name="places">The places of a row of the output for which the weight is between the left and right borders of the image.</param>
internal readonly unsafe struct WindowTap(int weight, int row, nint distance, (int First, int End) places)
{
    public int Weight => weight;

    public nint Distance => distance;

    public (int First, int End) Places => places;

    /// <summary>Creates a tap of the filters of a convolution.</summary>
    /// <param name="g">The convolution.</param>
    /// <param name="weight">Index of the weight in the filter.</param>
    /// <param name="column">Index of the weight in a complete filter.</param>
    public static WindowTap Of(ConvolutionGeometry* g, int weight, int column)
    {
        (int channel, int i, int j) = g->PlaceOf(column);
        return Of(g, weight, channel, i, j);
    }

    /// <summary>Creates a tap of the filters of a convolution.</summary>
    /// <param name="g">The convolution.</param>
    /// <param name="weight">Index of the weight in the filter.</param>
    /// <param name="channel">Its channel, among those of all groups.</param>
    /// <param name="row">Its row in the window.</param>
    /// <param name="column">Its column in the window.</param>
    public static WindowTap Of(ConvolutionGeometry* g, int weight, int channel, int row, int column) =>
        new(weight, row, g->DistanceOf(channel, row, column), g->Columns.OutputsThatSee(column));

    /// <summary>A tap that pads a tile.</summary>
    public static WindowTap None => new(-1, 0, 0, (0, 0));

    /// <summary>Returns whether the tap is among some rows of the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsInside((int First, int Count) rows) => (uint)(row - rows.First) < (uint)rows.Count;

    /// <summary>Returns whether the tap is between the left and right borders of the image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsSeenFrom(int place) => place >= places.First && place < places.End;

    /// <summary>Returns the tap along a row of the output.</summary>
    /// <param name="window">First pixel of the row's first window.</param>
    /// <param name="rows">Rows of the window inside the image.</param>
    public FilterGradientTap Over(float* window, (int First, int Count) rows) =>
        IsInside(rows) ? new(window + distance, places.First, places.End) : new(window, 0, 0);
}
