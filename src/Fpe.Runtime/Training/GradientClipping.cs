using Fpe.Compute;

namespace Fpe.Training;

/// <summary>Scales down all gradients of a model if their global norm exceeds a limit (Pascanu et al., 2013).</summary>
internal sealed class GradientClipping(Device device, double maximumNorm) : IDisposable
{
    private readonly DeviceBuffer squaredNorm = device.Allocate(1);

    public void Clip(Parameter[] parameters)
    {
        IKernels kernels = device.Kernels;
        kernels.Fill(squaredNorm, 0);
        foreach (Parameter parameter in parameters)
            kernels.AddSquaredNorm(parameter.Gradient, squaredNorm, slot: 0);
        foreach (Parameter parameter in parameters)
            kernels.ClipToNorm(parameter.Gradient, squaredNorm, slot: 0, maximumNorm);
    }

    public void Dispose() => squaredNorm.Dispose();
}
