namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void MaxPool2dForward(Pool2dShape shape, Activations x, Activations y, int batch) => Pool<LargestPooling>(shape, x, y, batch);

    public void MaxPool2dInputGradient(Pool2dShape shape, Activations x, Activations dy, Activations dx, int batch) =>
        PoolGradient<LargestPooling>(shape, x, dy, dx, batch);
}
