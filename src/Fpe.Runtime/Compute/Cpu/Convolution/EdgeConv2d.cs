namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void EdgeConv2dForward(
        Conv2dShape shape, DeviceEdges edges, DeviceBuffer weights, DeviceBuffer bias, ActivationFunction function,
        Activations x, Activations? z, Activations y, int batch) =>
        HostKernels.EdgeConv2dForward(shape, edges, weights, bias, function, x, z, y, batch);

    public void EdgeConv2dInputGradient(
        Conv2dShape shape, DeviceEdges edges, DeviceBuffer weights, Activations dz, Activations dx, int batch) =>
        HostKernels.EdgeConv2dInputGradient(shape, edges, weights, dz, dx, batch);

    public void EdgeConv2dWeightGradient(
        Conv2dShape shape, DeviceEdges edges, Activations x, Activations dz, DeviceBuffer weightGradient, DeviceBuffer biasGradient,
        int batch) =>
        HostKernels.EdgeConv2dWeightGradient(shape, edges, x, dz, weightGradient, biasGradient, batch);
}
