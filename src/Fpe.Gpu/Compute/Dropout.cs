using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

internal sealed partial class GpuKernels
{
    private readonly Kernel<DropoutArguments> dropout = new(device, Dropout);

    public void Dropout(double rate, ulong seed, ulong stream, Activations x, Activations y, int batch) =>
        DropoutOfChannels(places: 1, rate, seed, stream, x, y, batch);

    public void DropoutOfChannels(int places, double rate, ulong seed, ulong stream, Activations x, Activations y, int batch) =>
        dropout.RunFor(x.Features * batch, new()
        {
            X = View(x),
            Y = View(y),
            Seed = seed,
            Stream = stream,

            // Only the upper 24 bits u of a word are used: u · 2⁻²⁴ < rate is u < ⌈rate · 2²⁴⌉.
            Dropped = (uint)Math.Ceiling(rate * (1 << 24)),
            Scale = (float)(1 / (1 - rate)),
            Places = places,
            Channels = x.Features / places,
            Elements = x.Features * batch,
            Batch = batch,
            Stride = Lanes(x).Stride,
        });

    private static void Dropout(DropoutArguments a)
    {
        if (DeviceThread.Number >= a.Elements)
            return;
        int feature = DeviceThread.Number / a.Batch, s = DeviceThread.Number % a.Batch, e = (feature * a.Stride) + s;
        uint word = DevicePhilox.Word(a.Seed, a.Stream, (uint)((s * a.Channels) + (feature / a.Places)));
        a.Y[e] = (word >> 8) < a.Dropped ? 0 : a.X[e] * a.Scale;
    }

    private struct DropoutArguments
    {
        public ArrayView<float> X, Y;
        public ulong Seed, Stream;
        public uint Dropped;
        public float Scale;
        public int Places, Channels, Elements, Batch, Stride;
    }
}
