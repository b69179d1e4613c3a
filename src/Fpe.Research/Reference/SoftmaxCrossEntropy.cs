using Fpe.Compute;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void SoftmaxCrossEntropy(Activations logits, IndexBuffer labels, Activations? gradient, DeviceBuffer losses, int slot, int batch)
    {
        T loss = T.Zero;
        T samples = T.CreateChecked(batch);
        for (int s = 0; s < batch; s++)
        {
            var row = Sample(logits, s);
            int label = Values(labels)[s];
            KernelIndices.CheckLabel(label, row.Length, s);

            // log Σ exp(x) = max + log Σ exp(x − max): no exponential overflows
            T largest = row[0];
            foreach (T logit in row)
                largest = T.Max(largest, logit);
            T sum = T.Zero;
            foreach (T logit in row)
                sum += T.Exp(logit - largest);

            loss += T.Log(sum) + (largest - row[label]);
            for (int c = 0; gradient is not null && c < row.Length; c++)
                Sample(gradient, s)[c] = (T.Exp(row[c] - largest) / sum - (c == label ? T.One : T.Zero)) / samples;
        }

        Values(losses)[slot] = loss / samples;
    }
}
