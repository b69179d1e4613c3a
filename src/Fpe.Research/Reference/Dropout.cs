using Fpe.Compute;
using Fpe.Numerics;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void Dropout(double rate, ulong seed, ulong stream, Activations x, Activations y, int batch)
    {
        var inputs = Batch(x, batch);
        var outputs = Batch(y, batch);
        T scale = Number(1 / (1 - rate));
        for (int e = 0; e < inputs.Length; e++)
        {
            bool dropped = Philox.Uniform(Philox.Word(seed, stream, (ulong)e)) < rate;
            outputs[e] = dropped ? T.Zero : inputs[e] * scale;
        }
    }
}
