namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void AvgPool2dForward(Pool2dShape shape, Activations x, Activations y, int batch) => Pool<MeanPooling>(shape, x, y, batch);

    public void AvgPool2dInputGradient(Pool2dShape shape, Activations dy, Activations dx, int batch) =>
        PoolGradient<MeanPooling>(shape, x: dx, dy, dx, batch);
}
