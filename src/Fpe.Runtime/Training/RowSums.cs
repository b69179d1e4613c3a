namespace Fpe.Training;

/// <summary>Sums of rows of a table: each row once, in the order in which rows were first added. They are kept by the host.</summary>
/// <param name="places">A workspace with an element for each row of the table, all 0 between calls; several sums may share it.</param>
/// <param name="width">The length of a row.</param>
/// <param name="isSingle">Whether each sum is rounded to single precision, so that it does not depend on where it is kept.</param>
internal sealed class RowSums(int[] places, int width, bool isSingle)
{
    private int[] rows = [];
    private double[] values = [];

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The rows.</summary>
    public ReadOnlySpan<int> Rows => rows.AsSpan(0, Count);

    /// <summary>The sums, row by row.</summary>
    public ReadOnlySpan<double> Values => values.AsSpan(0, Count * width);

    /// <summary>Removes all rows.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds share · terms.</summary>
    /// <param name="more">The rows of the terms, each once.</param>
    /// <param name="terms">The terms, row by row.</param>
    /// <param name="share">Their factor.</param>
    public void Add(ReadOnlySpan<int> more, ReadOnlySpan<double> terms, double share = 1)
    {
        Reserve(Count + more.Length);
        for (int r = 0; r < Count; r++)
            places[rows[r]] = r + 1;
        for (int r = 0; r < more.Length; r++)
        {
            ReadOnlySpan<double> term = terms.Slice(r * width, width);
            ref int place = ref places[more[r]];
            if (place > 0)
            {
                AddRow(values.AsSpan((place - 1) * width, width), term, share);
                continue;
            }

            rows[Count] = more[r];
            place = ++Count;
            Span<double> added = values.AsSpan((place - 1) * width, width);
            added.Clear();
            AddRow(added, term, share);
        }

        foreach (int row in Rows)
            places[row] = 0;
    }

    private void AddRow(Span<double> sums, ReadOnlySpan<double> terms, double share)
    {
        if (isSingle)
        {
            for (int i = 0; i < sums.Length; i++)
                sums[i] = (float)(sums[i] + (share * terms[i]));
        }
        else
        {
            for (int i = 0; i < sums.Length; i++)
                sums[i] += share * terms[i];
        }
    }

    // Grows by half, so that after some steps nothing is allocated.
    private void Reserve(int count)
    {
        if (rows.Length >= count)
            return;
        int size = (int)Math.Min(places.Length, Math.Max(count, rows.Length * 3L / 2));
        Array.Resize(ref rows, Math.Max(count, size));
        Array.Resize(ref values, checked(rows.Length * width));
    }
}
