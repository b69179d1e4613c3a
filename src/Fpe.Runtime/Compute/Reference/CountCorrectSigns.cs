namespace Fpe.Compute.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void CountCorrectSigns(Activations logits, Activations targets, DeviceBuffer counts, int slot, int batch)
    {
        var inputs = Batch(logits, batch);
        var wanted = Batch(targets, batch);
        for (int e = 0; e < inputs.Length; e++)
        {
            if ((inputs[e] > T.Zero) == (wanted[e] > Number(0.5)))
                Values(counts)[slot] += T.One;
        }
    }
}
