namespace Fpe.Compute;

internal sealed partial class CheckedKernels
{
    public void EdgeForward(
        DeviceEdges edges, DeviceBuffer weights, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch)
    {
        arguments.Check(edges);
        arguments.Check(weights, edges.StorageLength);
        arguments.Check(bias, edges.Layout.OutputCount);
        arguments.Check(x, edges.Layout.InputCount, batch);
        arguments.Check(y, edges.Layout.OutputCount, batch, x);
        KernelArguments.CheckDistinct(x, y);
        if (z is not null)
        {
            arguments.Check(z, edges.Layout.OutputCount, batch, x);
            KernelArguments.CheckDistinct(x, z);
            KernelArguments.CheckDistinct(y, z);
        }

        kernels.EdgeForward(edges, weights, bias, function, x, z, y, batch);
        KeepAlive(edges, weights, bias, x, z, y);
    }

    public void EdgeInputGradient(
        DeviceEdges edges, DeviceBuffer weights, ElementFunction function,
        Activations? z, Activations y, Activations dy, Activations dx, int batch)
    {
        arguments.Check(edges);
        arguments.Check(weights, edges.StorageLength);
        CheckSlope(function, z, y, dy, edges.Layout.OutputCount, batch);
        arguments.Check(dx, edges.Layout.InputCount, batch, dy);
        KernelArguments.CheckDistinct(dy, dx);
        KernelArguments.CheckDistinct(y, dx);
        kernels.EdgeInputGradient(edges, weights, function, z, y, dy, dx, batch);
        KeepAlive(edges, weights, z, y, dy, dx);
    }

    public void EdgeWeightGradient(
        DeviceEdges edges, ElementFunction function, Activations x, Activations? z, Activations y, Activations dy,
        DeviceBuffer weightGradient, DeviceBuffer biasGradient, int batch)
    {
        arguments.Check(edges);
        CheckWeightGradient(edges, function, x, z, y, dy, weightGradient, biasGradient, batch);
        kernels.EdgeWeightGradient(edges, function, x, z, y, dy, weightGradient, biasGradient, batch);
        KeepAlive(edges, x, z, y, dy, weightGradient, biasGradient);
    }

    public void EdgeWeightGradientThrough(
        in EdgeReader reader, DeviceEdges edges, ElementFunction function, Activations x, Activations? z, Activations y, Activations dy,
        DeviceBuffer weightGradient, DeviceBuffer biasGradient, int batch)
    {
        CheckReader(in reader, dy, batch);
        arguments.Check(edges);
        CheckWeightGradient(edges, function, x, z, y, dy, weightGradient, biasGradient, batch);
        kernels.EdgeWeightGradientThrough(reader, edges, function, x, z, y, dy, weightGradient, biasGradient, batch);
        KeepAlive(reader.Edges, reader.Weights, reader.Output, reader.Gradient);
        KeepAlive(edges, x, z, y, dy, weightGradient, biasGradient);
    }
}
