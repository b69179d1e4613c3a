namespace Fpe.Compute.Plain;

/// <summary>A convolution as a layer of edges with shared weights.</summary>
internal static class ConvolutionEdges
{
    /// <summary>Enumerates all edges, output by output, in the order of channels, rows and columns of the window.</summary>
    public static IEnumerable<(int Weight, int Input, int Output)> Of(Conv2dShape shape)
    {
        for (int f = 0; f < shape.Filters; f++)
        {
            for (int y = 0; y < shape.Output.Height; y++)
            {
                for (int x = 0; x < shape.Output.Width; x++)
                {
                    foreach ((int weight, int input) in OfWindow(shape, f / shape.GroupFilters * shape.GroupChannels, y, x))
                        yield return (f * shape.FanIn + weight, input, shape.Output.IndexOf(f, y, x));
                }
            }
        }
    }

    private static IEnumerable<(int Weight, int Input)> OfWindow(Conv2dShape shape, int firstChannel, int outputY, int outputX)
    {
        WindowSide rows = shape.Window.Rows, columns = shape.Window.Columns;
        for (int c = 0; c < shape.GroupChannels; c++)
        {
            for (int i = 0; i < rows.Kernel; i++)
            {
                for (int j = 0; j < columns.Kernel; j++)
                {
                    (int y, int x) = (rows.Seen(outputY, i), columns.Seen(outputX, j));
                    if (shape.Input.Contains(y, x))
                        yield return ((c * rows.Kernel + i) * columns.Kernel + j, shape.Input.IndexOf(firstChannel + c, y, x));
                }
            }
        }
    }
}
