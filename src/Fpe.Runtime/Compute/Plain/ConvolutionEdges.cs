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
                    foreach ((int weight, int input) in OfWindow(shape, y, x))
                        yield return (f * shape.FanIn + weight, input, shape.Output.IndexOf(f, y, x));
                }
            }
        }
    }

    private static IEnumerable<(int Weight, int Input)> OfWindow(Conv2dShape shape, int outputY, int outputX)
    {
        for (int c = 0; c < shape.Input.Channels; c++)
        {
            for (int i = 0; i < shape.Kernel; i++)
            {
                for (int j = 0; j < shape.Kernel; j++)
                {
                    int y = outputY * shape.Stride + i - shape.Padding;
                    int x = outputX * shape.Stride + j - shape.Padding;
                    if (shape.Input.Contains(y, x))
                        yield return ((c * shape.Kernel + i) * shape.Kernel + j, shape.Input.IndexOf(c, y, x));
                }
            }
        }
    }
}
