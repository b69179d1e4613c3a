using Fpe.Compute;
using Fpe.Counting;

namespace Fpe.Embedded.Edges;

/// <summary>Finds the code that takes the fewest bytes.</summary>
internal static class EdgeForms
{
    /// <summary>Returns the form with the fewest bytes; of several, the one that is read the fastest.</summary>
    /// <param name="rows">The edges.</param>
    /// <param name="weightBytes">Bytes of a weight.</param>
    public static EdgeForm Smallest(EdgeRows rows, int weightBytes)
    {
        EdgeForm? best = null;
        foreach (EdgeForm form in Candidates(rows, weightBytes))
        {
            if (best is null || form.Bytes(weightBytes) < best.Bytes(weightBytes))
                best = form;
        }

        return best!;
    }

    /// <summary>
    /// Returns the forms that can be the smallest, in the order of <see cref="EdgeTables.Codes"/>. Those that grow with rows · columns are
    /// made only if they are no larger than steps: every code that <see cref="ByteCounts"/> counts on is tried, and a layer of few edges
    /// among many possible ones takes no more memory here than in the file.
    /// </summary>
    private static IEnumerable<EdgeForm> Candidates(EdgeRows rows, int weightBytes)
    {
        EdgeLayout layout = rows.Layout;
        EdgeForm steps = StepForm.Of(rows, EdgeTables.Leap);
        long most = steps.Bytes(weightBytes);
        var tables = new EdgeTables(weightBytes, rows.Count, rows.ColumnCount);
        if (tables.Least(EdgeCode.Dense, layout.EdgeCount) <= most)
            yield return DenseForm.Of(rows);
        if (BlockForm.IsFor(layout) && rows.Count <= ushort.MaxValue && rows.ColumnCount <= ushort.MaxValue)
            yield return BlockForm.Of(rows);
        if (SiblingForm.IsFor(rows))
            yield return SiblingForm.Of(rows);
        if (tables.Least(EdgeCode.Bitmap, layout.EdgeCount) <= most)
            yield return BitmapForm.Of(rows);
        yield return steps;
        yield return StepForm.Of(rows, EdgeTables.WideLeap);
    }
}
