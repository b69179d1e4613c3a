using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Multiply-adds that take as long as one random number.</summary>
    private const int DropoutWork = 32;

    public void Dropout(double rate, ulong seed, ulong stream, Activations x, Activations y, int batch) =>
        DropoutOfChannels(places: 1, rate, seed, stream, x, y, batch);

    public void DropoutOfChannels(int places, double rate, ulong seed, ulong stream, Activations x, Activations y, int batch)
    {
        var dropout = new DropoutArguments
        {
            X = Panels(x).Values,
            XStride = Panels(x).PanelStride,
            Y = Panels(y).Values,
            YStride = Panels(y).PanelStride,
            Channels = x.Features / places,
            Places = places,
            Batch = batch,
            Seed = seed,
            Stream = stream,
            Scale = (float)(1 / (1 - rate)),
            Threshold = DropoutThreshold(rate),
        };
        if (dropout.Threshold == 0 && ReferenceEquals(x, y))
            return;
        Run(Panel.Count(batch), &DropoutChunk, &dropout, ((long)x.Features / places * DropoutWork + x.Features) * batch);
    }

    /// <summary>u · 2⁻²⁴ &lt; rate for an integer u is u &lt; ⌈rate · 2²⁴⌉.</summary>
    private static int DropoutThreshold(double rate) => (int)Math.Ceiling(rate * (1 << 24));

    /// <summary>Computes one panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DropoutChunk(void* arguments, int chunk)
    {
        var dropout = (DropoutArguments*)arguments;
        int samples = Math.Min(Panel.Width, dropout->Batch - chunk * Panel.Width);
        for (int s = 0; s < samples; s += Vector256<float>.Count)
        {
            float* x = dropout->X + chunk * dropout->XStride + s;
            float* y = dropout->Y + chunk * dropout->YStride + s;
            if (dropout->Threshold == 0)
                CopyLanes(x, y, dropout->Channels * dropout->Places);
            else
                DropLanes(dropout, (ulong)(chunk * (long)Panel.Width + s), x, y);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyLanes(float* x, float* y, int features)
    {
        for (int i = 0; i < features; i++, x += Panel.Width, y += Panel.Width)
            Vector256.Load(x).Store(y);
    }

    /// <summary>
    /// Computes 8 samples, one per lane. Their first channels can be anywhere in blocks of four random words, so two blocks are needed.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DropLanes(DropoutArguments* dropout, ulong firstSample, float* x, float* y)
    {
        uint* starts = stackalloc uint[3 * Vector256<uint>.Count];
        for (int s = 0; s < Vector256<uint>.Count; s++)
        {
            ulong channel = (firstSample + (ulong)s) * (ulong)dropout->Channels;
            starts[s] = (uint)(channel >> 2);
            starts[s + 8] = (uint)(channel >> 34);
            starts[s + 16] = (uint)channel & 3;
        }

        var (low, high, word) = (Vector256.Load(starts), Vector256.Load(starts + 8), Vector256.Load(starts + 16));
        var is1 = Vector256.Equals(word, Vector256.Create(1u));
        var is2 = Vector256.Equals(word, Vector256.Create(2u));
        var is3 = Vector256.Equals(word, Vector256.Create(3u));
        var block = PhiloxLanes.Block(dropout->Seed, dropout->Stream, low, high);
        nint step = dropout->Places * (nint)Panel.Width;
        for (int i = 0; i < dropout->Channels; i += 4, x += 4 * step, y += 4 * step)
        {
            low += Vector256<uint>.One;
            high -= Vector256.Equals(low, Vector256<uint>.Zero);
            var next = PhiloxLanes.Block(dropout->Seed, dropout->Stream, low, high);
            int channels = Math.Min(4, dropout->Channels - i);
            Drop(dropout, Choose(block.X, block.Y, block.Z, block.W), x, y);
            if (channels > 1)
                Drop(dropout, Choose(block.Y, block.Z, block.W, next.X), x + step, y + step);
            if (channels > 2)
                Drop(dropout, Choose(block.Z, block.W, next.X, next.Y), x + 2 * step, y + 2 * step);
            if (channels > 3)
                Drop(dropout, Choose(block.W, next.X, next.Y, next.Z), x + 3 * step, y + 3 * step);
            block = next;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector256<uint> Choose(Vector256<uint> word0, Vector256<uint> word1, Vector256<uint> word2, Vector256<uint> word3) =>
            Vector256.ConditionalSelect(is3, word3, Vector256.ConditionalSelect(is2, word2, Vector256.ConditionalSelect(is1, word1, word0)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Drop(DropoutArguments* dropout, Vector256<uint> words, float* x, float* y)
    {
        var isDropped = Vector256.LessThan((words >>> 8).AsInt32(), Vector256.Create(dropout->Threshold)).AsSingle();
        for (int place = 0; place < dropout->Places; place++, x += Panel.Width, y += Panel.Width)
            Vector256.AndNot(Vector256.Load(x) * dropout->Scale, isDropped).Store(y);
    }

    private struct DropoutArguments
    {
        public float* X, Y;
        public nint XStride, YStride;
        public ulong Seed, Stream;
        public float Scale;
        public int Channels, Places, Batch, Threshold;
    }
}
