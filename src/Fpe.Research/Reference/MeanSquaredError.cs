using Fpe.Compute;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void MeanSquaredError(Activations outputs, Activations targets, Activations? gradient, DeviceBuffer losses, int slot, int batch)
    {
        var actual = Batch(outputs, batch);
        var wanted = Batch(targets, batch);
        T loss = T.Zero;
        T count = T.CreateChecked(actual.Length);
        for (int e = 0; e < actual.Length; e++)
        {
            T error = actual[e] - wanted[e];
            loss += error * error;
            if (gradient is not null)
                Batch(gradient, batch)[e] = Number(2) * error / count;
        }

        Values(losses)[slot] = loss / count;
    }
}
