using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void EmbeddingBagGradient(
        int dimension, bool mean, Activations tokens, Activations dy, IndexBuffer slots, IndexBuffer rows, DeviceBuffer gradient, int batch)
    {
        var embedding = new EmbeddingArguments(dimension, tokens, dy, batch)
        {
            Gradient = Floats(gradient).Address,
            Slots = Integers(slots),
            IsMean = mean,
        };
        embedding.Tokens.Check(slots.Length);
        int count = ListTokens(in embedding.Tokens, embedding.Slots, Integers(rows));
        long work = (long)dimension * tokens.Features * batch * GatherWork;
        Run(DivideUp(dimension, BagUnits), &EmbeddingBagGradientChunk, &embedding, work);
        new Span<float>(embedding.Gradient + count * (nint)dimension, gradient.Length - count * dimension).Clear();
        ForgetTokens(embedding.Slots, Integers(rows), count, rows.Length);
    }

    /// <summary>Computes some units of all rows, sample by sample and place by place.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EmbeddingBagGradientChunk(void* arguments, int chunk)
    {
        var embedding = (EmbeddingArguments*)arguments;
        int first = chunk * BagUnits;
        int units = Math.Min(BagUnits, embedding->Dimension - first);
        float* slopes = stackalloc float[BagUnits];

        // rows are listed in the order of their first appearance, at which the sum is set instead of added to
        nint next = 0;
        for (int s = 0; s < embedding->Tokens.Batch; s++)
        {
            float* token = embedding->Tokens.Sample(s);
            float share = embedding->IsMean ? Math.Max(1, CountTokens(token, embedding->Tokens.Places)) : 1;
            float* dy = embedding->Y + s / Panel.Width * embedding->YStride + s % Panel.Width + first * (nint)Panel.Width;
            for (int u = 0; u < units; u++)
                slopes[u] = dy[u * Panel.Width] / share;
            for (int p = 0; p < embedding->Tokens.Places; p++, token += Panel.Width)
            {
                if (*token < 0)
                    continue;
                nint row = embedding->Slots[(nint)(*token)] - 1;
                float* sums = embedding->Gradient + row * embedding->Dimension + first;
                if (row == next)
                {
                    next++;
                    new Span<float>(slopes, units).CopyTo(new Span<float>(sums, units));
                    continue;
                }

                int u = 0;
                for (; u <= units - Vector256<float>.Count; u += Vector256<float>.Count)
                    (Vector256.Load(sums + u) + Vector256.Load(slopes + u)).Store(sums + u);
                for (; u < units; u++)
                    sums[u] += slopes[u];
            }
        }
    }
}
