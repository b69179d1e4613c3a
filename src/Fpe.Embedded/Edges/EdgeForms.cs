using Fpe.Compute;
using Fpe.Counting;

namespace Fpe.Embedded.Edges;

/// <summary>Finds the code that takes the fewest bytes.</summary>
internal static class EdgeForms
{
    // A matrix with zeros that is as large as this many times its edges is never the smallest form, and need not be made.
    private const int DenseLimit = 64;

    /// <summary>Returns the form with the fewest bytes; of several, the one that is read the fastest.</summary>
    /// <param name="rows">The edges.</param>
    /// <param name="weightBytes">Bytes of a weight.</param>
    public static EdgeForm Smallest(EdgeRows rows, int weightBytes)
    {
        EdgeForm? best = null;
        foreach (EdgeForm form in All(rows))
        {
            if (best is null || form.Bytes(weightBytes) < best.Bytes(weightBytes))
                best = form;
        }

        return best!;
    }

    /// <summary>Returns every form that can hold the edges, in the order of <see cref="EdgeTables.Codes"/>.</summary>
    public static IEnumerable<EdgeForm> All(EdgeRows rows)
    {
        EdgeLayout layout = rows.Layout;
        bool isTiny = (long)rows.Count * rows.ColumnCount <= DenseLimit * (long)Math.Max(1, layout.EdgeCount);
        if (isTiny)
            yield return DenseForm.Of(rows);
        if (BlockForm.IsFor(layout) && rows.Count <= ushort.MaxValue && rows.ColumnCount <= ushort.MaxValue)
            yield return BlockForm.Of(rows);
        if (SiblingForm.IsFor(rows))
            yield return SiblingForm.Of(rows);
        if (isTiny)
            yield return BitmapForm.Of(rows);
        yield return StepForm.Of(rows, EdgeTables.Leap);
        yield return StepForm.Of(rows, EdgeTables.WideLeap);
    }
}
