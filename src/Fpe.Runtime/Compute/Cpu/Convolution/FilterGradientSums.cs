using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>
/// Partial sums of the gradients of some weights of up to 4 filters, lane by lane. Each row of the output is combined with the rows of the
/// image in its windows while these are in the cache.
/// </summary>
internal unsafe struct FilterGradientSums
{
    /// <summary>
    /// Number of tiles whose sums (12 KiB) stay in the first-level cache, together with a row of gradients and its rows of inputs.
    /// </summary>
    public const int MaximumTiles = 32;

    /// <summary>Number of taps of <see cref="MaximumTiles"/> tiles.</summary>
    public const int MaximumTaps = MaximumTiles * FilterGradientTile.Taps;

    /// <summary>Number of taps including those that pad the last tile.</summary>
    public const int TapsWithRest = MaximumTaps + SingleFilterGradientTile.Taps;

    /// <summary>Number of vectors of <see cref="Values"/>, followed by those of <see cref="Zeros"/>.</summary>
    public const int Vectors = (MaximumTiles + 1) * FilterGradientTile.Sums + 2;

    /// <summary>Tile by tile, [taps, filters] sums of 8 lanes; after the last possible tile, those of the biases.</summary>
    public Vector256<float>* Values;

    /// <summary>16 zeros, used for positions outside the image.</summary>
    public float* Zeros;

    /// <summary>The taps, tile by tile.</summary>
    public WindowTap* Taps;

    public int TapCount;

    /// <summary>The filters; if there are fewer than 4, the last one is repeated.</summary>
    public int Filter0, Filter1, Filter2, Filter3;

    public int FilterCount;

    /// <summary>Whether the biases are summed too.</summary>
    public bool WithBias;

    /// <summary>Initialises all sums to 0.</summary>
    /// <param name="memory">Memory for the sums: <see cref="Vectors"/>.</param>
    /// <param name="taps">The taps, with room for <see cref="TapsWithRest"/>.</param>
    /// <param name="count">Taps; <see cref="MaximumTaps"/> at most.</param>
    public FilterGradientSums(Vector256<float>* memory, WindowTap* taps, int count)
    {
        Values = memory;
        Zeros = (float*)(memory + Vectors - 2);
        Taps = taps;
        TapCount = count;
        new Span<float>(memory, Vectors * Vector256<float>.Count).Clear();
        for (int tap = count; tap < count + SingleFilterGradientTile.Taps; tap++)
            taps[tap] = WindowTap.None;
    }

    /// <summary>Taps per tile: more for a single filter.</summary>
    public readonly int TapsOfTile => FilterCount == 1 ? SingleFilterGradientTile.Taps : FilterGradientTile.Taps;

    /// <summary>Adds up all samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void AddAll(FilterGradientArguments* gradient)
    {
        // first the samples that do not fill a vector, so that the sums of the other lanes can be discarded
        int panels = gradient->Batch / Panel.Width;
        int rest = gradient->Batch % Panel.Width;
        for (int lane = rest > 8 ? 8 : 0; rest > 0 && lane >= 0; lane -= 8)
        {
            Add(gradient, panels, lane, lane + 8);
            Keep(rest - lane);
        }

        for (int panel = 0; panel < panels; panel++)
            Add(gradient, panel, 0, Panel.Width);
    }

    /// <summary>Sums the lanes, and writes the gradients.</summary>
    /// <param name="gradient">The arguments.</param>
    /// <param name="dw">Receives the gradients of the first filter's weights.</param>
    /// <param name="weightStride">Floats to those of the next filter.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Store(FilterGradientArguments* gradient, float* dw, nint weightStride)
    {
        int filters = FilterCount == 1 ? 1 : FilterGradientTile.Filters;
        for (int tap = 0; tap < TapCount; tap++)
        {
            (int tile, int inTile) = Math.DivRem(tap, TapsOfTile);
            Vector256<float>* sums = Values + tile * FilterGradientTile.Sums + inTile * filters;
            for (int f = 0; f < FilterCount && Taps[tap].Weight >= 0; f++)
                dw[f * weightStride + Taps[tap].Weight] = Vector256.Sum(sums[f]);
        }

        for (int f = 0; WithBias && f < FilterCount; f++)
            gradient->Db[FilterAt(f)] = Vector256.Sum(BiasSums[f]);
    }

    private readonly Vector256<float>* BiasSums => (Vector256<float>*)Zeros - FilterGradientTile.Sums;

    private readonly int FilterAt(int f) => f switch { 0 => Filter0, 1 => Filter1, 2 => Filter2, _ => Filter3 };

    /// <summary>Adds the samples in some lanes of a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Add(FilterGradientArguments* gradient, int panel, int firstLane, int endLane)
    {
        ConvolutionGeometry* g = &gradient->Geometry;
        float* image = gradient->X + panel * gradient->XStride;
        nint stride = g->OutputPixels * (nint)Panel.Width;
        float* output = gradient->Dz + panel * gradient->DzStride + Filter0 * stride;
        var row = new FilterGradientRow
        {
            Filter1 = (Filter1 - Filter0) * stride,
            Filter2 = (Filter2 - Filter0) * stride,
            Filter3 = (Filter3 - Filter0) * stride,
            Width = g->OutputWidth,
            XStep = g->Columns.Stride * Panel.Width,
            FirstLane = firstLane,
            EndLane = endLane,
            Zeros = Zeros,
        };
        for (int oy = 0; oy < g->OutputHeight; oy++)
        {
            row.Dz = output + oy * (nint)g->OutputWidth * Panel.Width;
            (int First, int Count) rows = g->Rows.WindowAt(oy);
            float* window = image + (g->Rows.Start(oy) * (nint)g->Width + g->Columns.Start(0)) * Panel.Width;
            Vector256<float>* sums = Values;
            for (int tap = 0; tap < TapCount; tap += TapsOfTile, sums += FilterGradientTile.Sums)
            {
                row.Tap0 = Taps[tap].Over(window, rows);
                row.Tap1 = Taps[tap + 1].Over(window, rows);
                row.Tap2 = Taps[tap + 2].Over(window, rows);
                if (FilterCount > 1)
                {
                    if ((row.Tap0.End | row.Tap1.End | row.Tap2.End) != 0)
                        FilterGradientTile.Add(&row, sums);
                    continue;
                }

                row.Tap3 = Taps[tap + 3].Over(window, rows);
                row.Tap4 = Taps[tap + 4].Over(window, rows);
                row.Tap5 = Taps[tap + 5].Over(window, rows);
                if ((row.Tap0.End | row.Tap1.End | row.Tap2.End | row.Tap3.End | row.Tap4.End | row.Tap5.End) != 0)
                    SingleFilterGradientTile.Add(&row, sums);
            }

            for (int f = 0; WithBias && f < FilterCount; f++)
                AddBias(&row, row.Dz + (FilterAt(f) - Filter0) * stride, BiasSums + f);
        }
    }

    /// <summary>Discards all lanes except the first ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Keep(int lanes)
    {
        var mask = LaneMask.Before(lanes).AsSingle();
        for (int i = 0; i < (TapCount + TapsOfTile - 1) / TapsOfTile * FilterGradientTile.Sums; i++)
            Values[i] &= mask;
        for (int f = 0; f < FilterGradientTile.Filters; f++)
            BiasSums[f] &= mask;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddBias(FilterGradientRow* row, float* dz, Vector256<float>* bias)
    {
        var sum = *bias;
        for (int pixel = 0; pixel < row->Width; pixel++, dz += Panel.Width)
        {
            for (int lane = row->FirstLane; lane < row->EndLane; lane += Vector256<float>.Count)
                sum += Vector256.Load(dz + lane);
        }

        *bias = sum;
    }
}
