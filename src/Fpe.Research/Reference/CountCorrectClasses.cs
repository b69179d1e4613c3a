using Fpe.Compute;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void CountCorrectClasses(Activations logits, IndexBuffer labels, DeviceBuffer counts, int slot, int batch)
    {
        for (int s = 0; s < batch; s++)
        {
            var row = Sample(logits, s);
            int label = Values(labels)[s];
            KernelIndices.CheckLabel(label, row.Length, s);

            bool correct = true;
            for (int c = 0; c < row.Length; c++)
                correct &= c < label ? row[label] > row[c] : row[label] >= row[c];
            if (correct)
                Values(counts)[slot] += T.One;
        }
    }
}
