using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The gradients of some weights of some filters as sums of outer products. A stretch of a row of gradients is transposed, so that a vector
/// holds filters; each of its values is then multiplied by the inputs of all taps.
/// </summary>
/// <typeparam name="TLanes">The width of a vector.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TTaps">Taps of a tile.</typeparam>
internal unsafe struct FilterOuterProducts<TLanes, TVector, TTaps>
    where TLanes : struct, ITileVector<TVector>
    where TTaps : struct, ITileHeight
{
    private FilterGradientArguments* gradient;
    private WindowTap* taps;
    private int tiles, firstFilter, filterCount;

    /// <summary>[tiles, taps, filters], then those of the biases.</summary>
    private float* sums;

    /// <summary>[places, lanes, filters].</summary>
    private float* bySample;

    /// <summary>A row of zeros, and one of ones.</summary>
    private float* zeros, ones;

    private bool withBias;

    private static int Filters => 2 * TLanes.Count;

    /// <summary>Places of a row that are transposed at a time, so that they (16 KiB) stay in the first-level cache.</summary>
    private static int MaximumPlaces => 4096 / (Panel.Width * Filters);

    /// <summary>
    /// Computes all samples for some filters of a group, and some tiles of taps; together with the first of these, the gradient of the
    /// biases.
    /// </summary>
    /// <param name="gradient">The arguments.</param>
    /// <param name="group">The group.</param>
    /// <param name="block">Index of the filters in the group.</param>
    /// <param name="firstTile">First tile.</param>
    /// <param name="tiles">Number of tiles; <see cref="FilterGradientArguments.OuterTiles"/> at most.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute(FilterGradientArguments* gradient, int group, int block, int firstTile, int tiles)
    {
        ConvolutionGeometry* g = &gradient->Geometry;
        WindowTap* taps = stackalloc WindowTap[FilterGradientArguments.OuterTiles * TTaps.Count];
        int sumCount = (tiles * TTaps.Count + 2) * Filters;
        float* memory = stackalloc float[sumCount + 2 * Panel.Width + Panel.Width];
        float* transposed = stackalloc float[MaximumPlaces * Panel.Width * Filters + Panel.Width];
        var products = new FilterOuterProducts<TLanes, TVector, TTaps>
        {
            gradient = gradient,
            taps = taps,
            tiles = tiles,
            firstFilter = group * g->Filters + block * Filters,
            filterCount = Math.Min(Filters, g->Filters - block * Filters),
            sums = Aligned(memory),
            bySample = Aligned(transposed),
            withBias = firstTile == 0,
        };
        products.zeros = products.sums + sumCount;
        products.ones = products.zeros + Panel.Width;
        new Span<float>(products.sums, sumCount + Panel.Width).Clear();
        new Span<float>(products.ones, Panel.Width).Fill(1);
        products.FindTaps(group, firstTile);
        for (int panel = 0; panel < Panel.Count(gradient->Batch); panel++)
            products.AddPanel(panel);
        products.Store();
    }

    /// <summary>Aligns an address to a cache line.</summary>
    private static float* Aligned(float* address) => (float*)(((nint)address + 63) & ~63);

    /// <summary>Determines the taps of the tiles: those of a row of the window, column by column, then those of the next row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void FindTaps(int group, int firstTile)
    {
        ConvolutionGeometry* g = &gradient->Geometry;
        for (int tile = 0; tile < tiles; tile++)
        {
            (int i, int tileInRow) = Math.DivRem(firstTile + tile, gradient->TilesPerRow);
            for (int t = 0; t < TTaps.Count; t++)
            {
                (int j, int channel) = Math.DivRem(tileInRow * TTaps.Count + t, g->Channels);
                int weight = (channel * g->Rows.Kernel + i) * g->Columns.Kernel + j;
                taps[tile * TTaps.Count + t] = j < g->Columns.Kernel
                    ? WindowTap.Of(g, weight, group * g->Channels + channel, i, j)
                    : WindowTap.None;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void AddPanel(int panel)
    {
        ConvolutionGeometry* g = &gradient->Geometry;
        float* image = gradient->X + panel * gradient->XStride;
        float* dz = gradient->Dz + panel * gradient->DzStride + firstFilter * (nint)g->OutputPixels * Panel.Width;
        int lanes = Math.Min(Panel.Width, gradient->Batch - panel * Panel.Width);
        int stretch = (g->OutputWidth + MaximumPlaces - 1) / MaximumPlaces;
        stretch = (g->OutputWidth + stretch - 1) / stretch;
        for (int oy = 0; oy < g->OutputHeight; oy++)
        {
            (int First, int Count) rows = g->Rows.WindowAt(oy);
            float* window = image + (g->Rows.Start(oy) * (nint)g->Width + g->Columns.Start(0)) * Panel.Width;
            for (int first = 0; first < g->OutputWidth; first += stretch)
            {
                int end = Math.Min(g->OutputWidth, first + stretch);
                Order(dz + (oy * (nint)g->OutputWidth + first) * Panel.Width, end - first, lanes);
                if (withBias)
                    AddBias(end - first, lanes);
                for (int tile = 0; tile < tiles; tile++)
                {
                    // all taps of a tile are in one row of the window
                    if (taps[tile * TTaps.Count].IsInside(rows))
                        AddTile(tile, window, first, end, lanes);
                }
            }
        }
    }

    /// <summary>bySample[p, l, f] = dz[f, p, l] for the places p of a stretch.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Order(float* dz, int places, int lanes)
    {
        float* copy = stackalloc float[CpuBlock.GroupHeight * Panel.Width];
        nint stride = gradient->Geometry.OutputPixels * (nint)Panel.Width;
        for (int place = 0; place < places; place++, dz += Panel.Width)
        {
            float* target = bySample + place * Panel.Width * (nint)Filters;
            for (int first = 0; first < Filters; first += CpuBlock.GroupHeight)
            {
                if (first + CpuBlock.GroupHeight <= filterCount)
                {
                    Transpose.RowsToSamples(dz + first * stride, stride, lanes, target + first, Filters);
                    continue;
                }

                // the last filter is repeated
                for (int f = 0; f < CpuBlock.GroupHeight; f++)
                    new ReadOnlySpan<float>(dz + Math.Min(first + f, filterCount - 1) * stride, Panel.Width).CopyTo(new(copy + f * Panel.Width, Panel.Width));
                Transpose.RowsToSamples(copy, Panel.Width, lanes, target + first, Filters);
            }
        }
    }

    /// <summary>Adds a tile of taps for places of a row, from <paramref name="first"/> to <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void AddTile(int tile, float* window, int first, int end, int lanes)
    {
        WindowTap* tapsOfTile = taps + tile * TTaps.Count;
        float** x = stackalloc float*[FilterOuterProductTile.MaximumTaps];
        nint step = gradient->Geometry.Columns.Stride * Panel.Width;

        // all taps are inside the image at the places from start to stop, and none is before low or from high on
        int start = first, stop = end, low = end, high = first;
        for (int t = 0; t < TTaps.Count; t++)
        {
            if (tapsOfTile[t].Weight < 0)
                continue;
            (int from, int to) = tapsOfTile[t].Places;
            (start, stop) = (Math.Max(start, from), Math.Min(stop, to));
            (low, high) = (Math.Min(low, from), Math.Max(high, to));
        }

        for (int place = Math.Max(first, low), after; place < Math.Min(end, high); place = after)
        {
            after = place >= start && place < stop ? stop : place + 1;
            for (int t = 0; t < TTaps.Count; t++)
                x[t] = tapsOfTile[t].IsSeenFrom(place) ? window + tapsOfTile[t].Distance + place * step : zeros;
            for (int t = TTaps.Count; t < FilterOuterProductTile.MaximumTaps; t++)
                x[t] = zeros;
            if (after - place > 1)
            {
                // 16 zeros are not enough for several places; what is read instead is not stored
                for (int t = 1; t < TTaps.Count; t++)
                    x[t] = tapsOfTile[t].Weight < 0 ? x[0] : x[t];
            }

            var places = Places(place - first, after - place, lanes, step);
            FilterOuterProductTile.Add<TLanes, TVector, TTaps>(&places, x, sums + tile * TTaps.Count * (nint)Filters);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void AddBias(int count, int lanes)
    {
        float** x = stackalloc float*[FilterOuterProductTile.MaximumTaps];
        new Span<nint>(x, FilterOuterProductTile.MaximumTaps).Fill((nint)ones);
        var places = Places(0, count, lanes, xStep: 0);
        FilterOuterProductTile.Add<TLanes, TVector, Two>(&places, x, sums + tiles * TTaps.Count * (nint)Filters);
    }

    /// <summary>Returns places of the stretch: a single run if the values of all follow each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly FilterPlaces Places(int first, int count, int lanes, nint xStep)
    {
        bool isOneRun = lanes == Panel.Width && xStep == Panel.Width;
        return new FilterPlaces
        {
            Dz = bySample + first * Panel.Width * (nint)Filters,
            Runs = isOneRun ? 1 : count,
            Values = isOneRun ? count * Panel.Width : lanes,
            DzValues = Panel.Width,
            XStep = xStep,
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Store()
    {
        int fanIn = gradient->Geometry.FanIn;
        float* dw = gradient->Dw + firstFilter * (nint)fanIn;
        for (int f = 0; f < filterCount; f++, dw += fanIn)
        {
            for (int t = 0; t < tiles * TTaps.Count; t++)
            {
                if (taps[t].Weight >= 0)
                    dw[taps[t].Weight] = sums[t * Filters + f];
            }

            if (withBias)
                gradient->Db[firstFilter + f] = sums[tiles * TTaps.Count * Filters + f];
        }
    }
}
