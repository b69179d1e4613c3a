using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void Dropout(double rate, ulong seed, ulong stream, Activations x, Activations y, int batch) =>
        DropoutOfChannels(places: 1, rate, seed, stream, x, y, batch);

    public void DropoutOfChannels(int places, double rate, ulong seed, ulong stream, Activations x, Activations y, int batch) =>
        PlainDropout<T>.Apply(places, rate, seed, stream, Batch(x, batch), Batch(y, batch));
}
