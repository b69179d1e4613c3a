using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void SigmoidCrossEntropy(
        Activations logits, Activations targets, Activations? gradient, DeviceBuffer losses, int slot, int batch)
    {
        var inputs = Batch(logits, batch);
        var wanted = Batch(targets, batch);
        T loss = T.Zero;
        T count = T.CreateChecked(inputs.Length);
        for (int e = 0; e < inputs.Length; e++)
        {
            (T z, T t) = (inputs[e], wanted[e]);
            loss += T.Max(z, T.Zero) - z * t + PlainActivation<T>.LogOnePlus(T.Exp(-T.Abs(z)));
            if (gradient is not null)
                Batch(gradient, batch)[e] = (PlainActivation<T>.Sigmoid(z) - t) / count;
        }

        Values(losses)[slot] = loss / count;
    }
}
