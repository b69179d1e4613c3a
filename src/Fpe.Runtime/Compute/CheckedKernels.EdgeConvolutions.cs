using System.Runtime.CompilerServices;

namespace Fpe.Compute;

internal sealed partial class CheckedKernels
{
    public void EdgeConv2dForward(
        Conv2dShape shape, DeviceEdges edges, DeviceBuffer weights, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch)
    {
        CheckFilters(shape, edges, weights);
        arguments.Check(bias, shape.Filters);
        CheckImages(x, shape.Input, y, shape.Output, batch);
        if (z is not null)
        {
            CheckImages(x, shape.Input, z, shape.Output, batch);
            KernelArguments.CheckDistinct(y, z);
        }

        kernels.EdgeConv2dForward(shape, edges, weights, bias, function, x, z, y, batch);
        KeepAlive(edges, weights, bias, x, z, y);
    }

    public void EdgeConv2dInputGradient(
        Conv2dShape shape, DeviceEdges edges, DeviceBuffer weights, Activations dz, Activations dx, int batch)
    {
        CheckFilters(shape, edges, weights);
        CheckImages(dz, shape.Output, dx, shape.Input, batch);
        kernels.EdgeConv2dInputGradient(shape, edges, weights, dz, dx, batch);
        KeepAlive(edges, weights, dz, dx);
    }

    public void EdgeConv2dWeightGradient(
        Conv2dShape shape, DeviceEdges edges, Activations x, Activations dz, DeviceBuffer weightGradient, DeviceBuffer biasGradient,
        int batch)
    {
        CheckFilters(shape, edges, weightGradient);
        arguments.Check(biasGradient, shape.Filters);
        arguments.Check(x, shape.Input.Count, batch);
        arguments.Check(dz, shape.Output.Count, batch, x);
        KernelArguments.CheckDistinct(weightGradient, biasGradient);
        kernels.EdgeConv2dWeightGradient(shape, edges, x, dz, weightGradient, biasGradient, batch);
        KeepAlive(edges, x, dz, weightGradient, biasGradient);
    }

    private void CheckFilters(
        Conv2dShape shape, DeviceEdges edges, DeviceBuffer weights, [CallerArgumentExpression(nameof(weights))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(shape);
        arguments.Check(edges);
        EdgeLayout layout = edges.Layout;
        if (shape.Groups != 1)
            throw new ArgumentException($"A convolution over edges has no groups, but the shape has {shape.Groups}; leave the edges of other groups out.", nameof(shape));
        if (layout.OutputCount != shape.Filters || layout.InputCount != shape.FanIn)
        {
            throw new ArgumentException(
                $"The edges join {layout.InputCount} inputs and {layout.OutputCount} outputs; a convolution of {shape.Filters} filters, "
                    + $"{shape.Input.Channels} channels and kernel {shape.Window.KernelText} needs edges of {shape.FanIn} inputs and {shape.Filters} outputs.",
                nameof(edges));
        }

        arguments.Check(weights, edges.StorageLength, name);
    }
}
