using Fpe.Compute;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void CountCorrectSigns(Activations logits, Activations targets, DeviceBuffer counts, int slot, int batch)
    {
        var inputs = Batch(logits, batch);
        var wanted = Batch(targets, batch);
        for (int e = 0; e < inputs.Length; e++)
        {
            if (wanted[e] > Number(0.5) ? inputs[e] > T.Zero : inputs[e] <= T.Zero)
                Values(counts)[slot] += T.One;
        }
    }
}
