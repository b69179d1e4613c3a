namespace Fpe.Compute;

/// <summary>The edges of a convolution with a layout of its weights.</summary>
internal static class FilterEdges
{
    /// <summary>Enumerates the edges of a layout of filters, weight by weight; weights are numbered by slot.</summary>
    public static IEnumerable<(int Weight, int Input, int Output)> Of(Conv2dShape shape, EdgeLayout layout)
    {
        for (int b = 0; b < layout.BlockCount; b++)
        {
            // Spans cannot be used across yield.
            int[] filters = layout.Block(b).Rows.ToArray(), columns = layout.Block(b).Columns.ToArray();
            int slot = layout.Block(b).FirstSlot;
            foreach (int filter in filters)
            {
                foreach (int column in columns)
                {
                    foreach ((int input, int output) in layout.IsKept(slot) ? OfWeight(shape, filter, column) : [])
                        yield return (slot, input, output);
                    slot++;
                }
            }
        }
    }

    private static IEnumerable<(int Input, int Output)> OfWeight(Conv2dShape shape, int filter, int column)
    {
        WindowSide rows = shape.Window.Rows, columns = shape.Window.Columns;
        (int line, int j) = Math.DivRem(column, columns.Kernel);
        (int channel, int i) = Math.DivRem(line, rows.Kernel);
        for (int outputY = 0; outputY < shape.Output.Height; outputY++)
        {
            for (int outputX = 0; outputX < shape.Output.Width; outputX++)
            {
                (int y, int x) = (rows.Seen(outputY, i), columns.Seen(outputX, j));
                if (shape.Input.Contains(y, x))
                    yield return (shape.Input.IndexOf(channel, y, x), shape.Output.IndexOf(filter, outputY, outputX));
            }
        }
    }
}
