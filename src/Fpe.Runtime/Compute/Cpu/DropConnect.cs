using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Elements whose random words are drawn at once: 8 blocks of 4.</summary>
    private const int DropConnectElements = 32;

    public void DropConnect(double rate, ulong seed, ulong stream, DeviceBuffer x, DeviceBuffer y)
    {
        var arguments = new DropConnectArguments
        {
            X = Floats(x).Address,
            Y = Floats(y).Address,
            Length = x.Length,
            Seed = seed,
            Stream = stream,
            Scale = (float)(1 / (1 - rate)),
            Threshold = DropoutThreshold(rate),
        };
        Run((x.Length + DropConnectElements - 1) / DropConnectElements, &DropConnectChunk, &arguments, (long)x.Length * DropoutWork);
    }

    /// <summary>32 elements: word w of block b is that of element 4·b + w.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DropConnectChunk(void* arguments, int chunk)
    {
        var drop = (DropConnectArguments*)arguments;
        uint firstBlock = (uint)chunk * 8;
        var words = PhiloxLanes.Block(drop->Seed, drop->Stream, Vector256.Create(firstBlock) + Vector256<uint>.Indices, Vector256<uint>.Zero);
        uint* bits = stackalloc uint[DropConnectElements];
        words.X.Store(bits);
        words.Y.Store(bits + 8);
        words.Z.Store(bits + 16);
        words.W.Store(bits + 24);

        int first = chunk * DropConnectElements;
        int elements = Math.Min(DropConnectElements, drop->Length - first);
        for (int e = 0; e < elements; e++)
        {
            bool isDropped = (int)(bits[((e & 3) * 8) + (e >> 2)] >> 8) < drop->Threshold;
            drop->Y[first + e] = isDropped ? 0 : drop->X[first + e] * drop->Scale;
        }
    }

    private struct DropConnectArguments
    {
        public float* X, Y;
        public ulong Seed, Stream;
        public float Scale;
        public int Length, Threshold;
    }
}
