namespace Fpe.Compute.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void BiasGradient(Activations dz, DeviceBuffer biasGradient, int batch)
    {
        var gradient = Values(biasGradient);
        gradient.Clear();
        for (int s = 0; s < batch; s++)
        {
            for (int o = 0; o < gradient.Length; o++)
                gradient[o] += Sample(dz, s)[o];
        }
    }
}
