using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

/// <content>Convolutions over edges: column (c · rows + i) · columns + j of a filter is its weight over channel c and place (i, j).</content>
internal sealed partial class GpuKernels
{
    private readonly Kernel<ConvolutionArguments> edgeConv2dForward = new(device, EdgeConv2dForward);
    private readonly Kernel<ConvolutionArguments> edgeConv2dInputGradient = new(device, EdgeConv2dInputGradient);
    private readonly Kernel<ConvolutionArguments> edgeConv2dWeightGradient = new(device, EdgeConv2dWeightGradient);

    public void EdgeConv2dForward(
        Conv2dShape shape, DeviceEdges edges, DeviceBuffer weights, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch)
    {
        ConvolutionArguments arguments = EdgeConvolution(shape, edges, weights, bias, x, y, batch);
        arguments.Z = View(z ?? y);
        arguments.Function = new(function);
        edgeConv2dForward.RunFor(y.Features * batch, arguments);
    }

    public void EdgeConv2dInputGradient(
        Conv2dShape shape, DeviceEdges edges, DeviceBuffer weights, Activations dz, Activations dx, int batch) =>
        edgeConv2dInputGradient.RunFor(dx.Features * batch, EdgeConvolution(shape, edges, weights, weights, dx, dz, batch));

    public void EdgeConv2dWeightGradient(
        Conv2dShape shape, DeviceEdges edges, Activations x, Activations dz, DeviceBuffer weightGradient, DeviceBuffer biasGradient,
        int batch)
    {
        ConvolutionArguments arguments = EdgeConvolution(shape, edges, weightGradient, biasGradient, x, dz, batch);
        edgeConv2dWeightGradient.RunGroups(Edges(edges).Tables.SlotCount, arguments);
        filterBiasGradient.RunGroups(shape.Filters, arguments);
    }

    private static ConvolutionArguments EdgeConvolution(
        Conv2dShape shape, DeviceEdges edges, DeviceBuffer weights, DeviceBuffer bias, Activations x, Activations y, int batch)
    {
        ConvolutionArguments arguments = Convolution(shape, weights, bias, x, y, batch);
        EdgeTables tables = Edges(edges).Tables;
        arguments.Tables = Edges(edges).View;
        (arguments.Rows, arguments.Columns, arguments.Slots, arguments.Holes) = (tables.Rows, tables.Columns, tables.Slots, tables.Holes);
        return arguments;
    }

    private static void EdgeConv2dForward(ConvolutionArguments a)
    {
        int output = DeviceThread.Number / a.Batch, s = DeviceThread.Number % a.Batch;
        if (output >= a.OutputFeatures)
            return;
        int filter = output / a.Window.OutputPixels, pixel = output % a.Window.OutputPixels;
        int entry = a.Rows + (filter * EdgeTables.RowFields), slot = a.Tables[entry], columns = a.Tables[entry + 1], count = a.Tables[entry + 2];
        float sum = a.Bias[filter];
        for (int e = 0; e < count; e++)
        {
            int column = a.Tables[columns + e], place = column % a.Window.Count;
            int seen = a.Window.Seen(pixel, place / a.Window.Columns, place % a.Window.Columns);
            if (seen >= 0)
                sum += a.Weights[slot + e] * a.X[(((column / a.Window.Count * a.Window.Pixels) + seen) * a.Stride) + s];
        }

        a.Z[(output * a.Stride) + s] = sum;
        a.Y[(output * a.Stride) + s] = a.Function.Of(sum);
    }

    private static void EdgeConv2dInputGradient(ConvolutionArguments a)
    {
        int input = DeviceThread.Number / a.Batch, s = DeviceThread.Number % a.Batch;
        if (input >= a.InputFeatures)
            return;
        int channel = input / a.Window.Pixels, pixel = input % a.Window.Pixels, edges = a.Columns + a.FanIn + 1;
        float sum = 0;
        for (int i = 0; i < a.Window.Rows; i++)
        {
            for (int j = 0; j < a.Window.Columns; j++)
            {
                int seeing = a.Window.Seeing(pixel, i, j), column = a.Columns + (channel * a.Window.Count) + (i * a.Window.Columns) + j;
                int end = seeing >= 0 ? a.Tables[column + 1] : 0;
                for (int e = a.Tables[column]; e < end; e++)
                {
                    int output = (a.Tables[edges + (2 * e)] * a.Window.OutputPixels) + seeing;
                    sum += a.Weights[a.Tables[edges + (2 * e) + 1]] * a.Y[(output * a.Stride) + s];
                }
            }
        }

        a.X[(input * a.Stride) + s] = sum;
    }

    /// <summary>A group for each slot, which sums over places and samples; Y is dz.</summary>
    private static void EdgeConv2dWeightGradient(ConvolutionArguments a)
    {
        int slot = Grid.IdxX, filter = a.Tables[a.Slots + (2 * slot)], column = a.Tables[a.Slots + (2 * slot) + 1], place = column % a.Window.Count;
        float sum = a.SumOverPlaces(filter, column / a.Window.Count, place / a.Window.Columns, place % a.Window.Columns);
        if (Group.IdxX == 0)
            a.Weights[slot] = a.Holes < 0 || ((a.Tables[a.Holes + (slot >> 5)] >> (slot & 31)) & 1) != 0 ? sum : 0;
    }
}
