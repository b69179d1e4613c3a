namespace Fpe.Compute.Cpu;

/// <summary>
/// Blocks of one row, cut into bands of neighbouring columns. Kernels go band by band, and row by row within a band, so that
/// the inputs of a band are read from the first-level cache by all rows but the first.
/// </summary>
internal sealed class ColumnBands
{
    /// <summary>Columns whose panel, 64 lanes each, takes half of a 32 KiB cache.</summary>
    private const int NarrowestBand = 64;

    /// <summary>Edges of a row that a band should have, or its sums are loaded and stored too often.</summary>
    private const int EdgesPerBand = 8;

    private readonly CpuBlock[] rows;
    private readonly int[] starts;

    public unsafe ColumnBands(CpuBlock[] rows, int inputCount)
    {
        this.rows = rows;
        long edges = rows.Sum(row => (long)row.ColumnCount);
        long width = Math.Max(NarrowestBand, EdgesPerBand * (long)inputCount * rows.Length / Math.Max(1, edges));
        Count = edges == 0 ? 0 : (int)((inputCount + width - 1) / width);

        starts = new int[(Count + 1) * rows.Length];
        for (int r = 0; r < rows.Length && Count > 0; r++)
        {
            var columns = new ReadOnlySpan<int>(rows[r].Columns, rows[r].ColumnCount);
            for (int band = 0, k = 0; band <= Count; band++)
            {
                while (k < columns.Length && columns[k] < band * width)
                    k++;
                starts[band * rows.Length + r] = k;
            }
        }
    }

    /// <summary>Number of bands.</summary>
    public int Count { get; }

    public ReadOnlySpan<CpuBlock> Rows => rows;

    /// <summary>First edge of each row within a band; the band ends where the next one starts.</summary>
    /// <param name="band">From 0 to <see cref="Count"/>.</param>
    public ReadOnlySpan<int> Starts(int band) => starts.AsSpan(band * rows.Length, rows.Length);
}
