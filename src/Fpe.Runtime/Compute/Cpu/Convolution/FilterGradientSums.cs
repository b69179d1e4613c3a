using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>
/// Gradients of the weights of 4 filters while they are summed, lane by lane: a row of the output after the other meets the rows of the
/// image that its windows see, while these are in the cache.
/// </summary>
internal unsafe struct FilterGradientSums
{
    /// <summary>Tile by tile, [taps, filters] sums of 8 lanes; behind the last possible tile, those of the biases.</summary>
    public Vector256<float>* Values;

    /// <summary>16 zeros, which stand for what lies outside the image.</summary>
    public float* Zeros;

    public int FirstFilter;

    /// <summary>The tiles of taps: those of the window's first row, with its pixels channel by channel; then those of the next row.</summary>
    public int FirstTile, EndTile;

    /// <summary>Whether the biases are summed too.</summary>
    public bool WithBias;

    /// <summary>Adds the samples in some lanes of a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Add(FilterGradientArguments* gradient, int panel, int firstLane, int endLane)
    {
        ConvolutionGeometry* g = &gradient->Geometry;
        float* image = gradient->X + panel * gradient->XStride;
        float* output = gradient->Dz + panel * gradient->DzStride + FirstFilter * (nint)g->OutputPixels * Panel.Width;
        var row = new FilterGradientRow
        {
            DzStride = g->OutputPixels * Panel.Width,
            FilterCount = Math.Min(FilterGradientTile.Filters, g->Filters - FirstFilter),
            Width = g->OutputWidth,
            XStep = g->Stride * Panel.Width,
            FirstLane = firstLane,
            EndLane = endLane,
            Zeros = Zeros,
        };
        for (int oy = 0; oy < g->OutputHeight; oy++)
        {
            row.Dz = output + oy * (nint)g->OutputWidth * Panel.Width;
            (int top, int rows) = g->WindowAt(oy, g->Height);
            int first = Math.Max(FirstTile, top * gradient->TilesPerRow);
            int end = Math.Min(EndTile, (top + rows) * gradient->TilesPerRow);
            for (int tile = first; tile < end; tile++)
            {
                (int i, int tileInRow) = Math.DivRem(tile, gradient->TilesPerRow);
                float* line = image + (oy * g->Stride + i - g->Padding) * (nint)g->Width * Panel.Width;
                row.Tap0 = TapAt(g, tileInRow * FilterGradientTile.Taps, line);
                row.Tap1 = TapAt(g, tileInRow * FilterGradientTile.Taps + 1, line);
                row.Tap2 = TapAt(g, tileInRow * FilterGradientTile.Taps + 2, line);
                FilterGradientTile.Add(&row, Values + (tile - FirstTile) * FilterGradientTile.Sums);
            }

            if (WithBias)
                AddBias(&row);
        }
    }

    /// <summary>Forgets all lanes but the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Keep(int lanes)
    {
        var mask = LaneMask.Before(lanes).AsSingle();
        for (int i = 0; i < (EndTile - FirstTile) * FilterGradientTile.Sums; i++)
            Values[i] &= mask;
        for (int f = 0; f < FilterGradientTile.Filters; f++)
            BiasSums[f] &= mask;
    }

    /// <summary>Sums the lanes, and writes the gradients of the filters that there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Store(FilterGradientArguments* gradient)
    {
        ConvolutionGeometry* g = &gradient->Geometry;
        int filters = Math.Min(FilterGradientTile.Filters, g->Filters - FirstFilter);
        float* dw = gradient->Dw + FirstFilter * (nint)g->FanIn;
        for (int tile = FirstTile; tile < EndTile; tile++)
        {
            (int i, int tileInRow) = Math.DivRem(tile, gradient->TilesPerRow);
            Vector256<float>* sums = Values + (tile - FirstTile) * FilterGradientTile.Sums;
            int first = tileInRow * FilterGradientTile.Taps;
            for (int tap = first; tap < Math.Min(first + FilterGradientTile.Taps, g->Channels * g->Kernel); tap++)
            {
                (int channel, int j) = Math.DivRem(tap, g->Kernel);
                nint weight = (channel * (nint)g->Kernel + i) * g->Kernel + j;
                for (int f = 0; f < filters; f++)
                    dw[f * (nint)g->FanIn + weight] = Vector256.Sum(sums[(tap - first) * FilterGradientTile.Filters + f]);
            }
        }

        for (int f = 0; WithBias && f < filters; f++)
            gradient->Db[FirstFilter + f] = Vector256.Sum(BiasSums[f]);
    }

    private readonly Vector256<float>* BiasSums => (Vector256<float>*)Zeros - FilterGradientTile.Sums;

    /// <summary>A tap of the window's row that lies over a row of the image; beyond the last there are taps that see nothing.</summary>
    private static FilterGradientTap TapAt(ConvolutionGeometry* g, int tap, float* line)
    {
        (int channel, int j) = Math.DivRem(tap, g->Kernel);
        if (channel >= g->Channels)
            return new(line, 0, 0);
        (int first, int end) = g->OutputsThatSee(j);
        return new(line + (channel * (nint)g->Pixels + j - g->Padding) * Panel.Width, first, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void AddBias(FilterGradientRow* row)
    {
        for (int f = 0; f < row->FilterCount; f++)
        {
            float* dz = row->Dz + f * row->DzStride;
            var sum = BiasSums[f];
            for (int pixel = 0; pixel < row->Width; pixel++, dz += Panel.Width)
            {
                for (int lane = row->FirstLane; lane < row->EndLane; lane += Vector256<float>.Count)
                    sum += Vector256.Load(dz + lane);
            }

            BiasSums[f] = sum;
        }
    }
}
