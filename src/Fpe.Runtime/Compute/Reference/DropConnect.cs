using Fpe.Numerics;

namespace Fpe.Compute.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void DropConnect(double rate, ulong seed, ulong stream, DeviceBuffer x, DeviceBuffer y)
    {
        var inputs = Values(x);
        var outputs = Values(y);
        T scale = Number(1 / (1 - rate));
        for (int e = 0; e < inputs.Length; e++)
        {
            bool dropped = Philox.Uniform(Philox.Word(seed, stream, (ulong)e)) < rate;
            outputs[e] = dropped ? T.Zero : inputs[e] * scale;
        }
    }
}
