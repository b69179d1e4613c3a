using Fpe.Compute;

namespace Fpe.Training;

/// <summary>Scales down all gradients of a model if their global norm exceeds a limit (Pascanu et al., 2013).</summary>
internal sealed class GradientClipping(Device device, double maximumNorm) : IDisposable
{
    private readonly DeviceBuffer squaredNorm = device.Allocate(1);
    private DeviceBuffer[] gradients = [];

    public void Clip(Parameter[] parameters)
    {
        if (gradients.Length != parameters.Length)
            gradients = new DeviceBuffer[parameters.Length];
        for (int p = 0; p < parameters.Length; p++)
            gradients[p] = parameters[p].Gradient;
        IKernels kernels = device.Kernels;
        kernels.Fill(squaredNorm, 0);
        kernels.AddSquaredNorms(gradients, squaredNorm, slot: 0);
        kernels.ClipAllToNorm(gradients, squaredNorm, slot: 0, maximumNorm);
    }

    public void Dispose() => squaredNorm.Dispose();
}
