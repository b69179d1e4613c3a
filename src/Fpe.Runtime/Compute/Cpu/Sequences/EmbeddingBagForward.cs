using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Units whose sums a bag keeps in registers; with fewer, it reads the tokens for each vector of units.</summary>
    private const int BagUnits = 64;

    /// <summary>Tokens between the row that is prefetched and the row that is added.</summary>
    private const int TokensAhead = 8;

    public void EmbeddingBagForward(DeviceBuffer table, int dimension, bool mean, Activations tokens, Activations y, int batch)
    {
        var embedding = new EmbeddingArguments(dimension, tokens, y, batch) { Table = Floats(table).Address, IsMean = mean };
        embedding.Tokens.Check(table.Length / dimension);
        Run(Panel.Count(batch), &EmbeddingBagForwardPanel, &embedding, (long)dimension * tokens.Features * batch * GatherWork);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EmbeddingBagForwardPanel(void* arguments, int panel)
    {
        var embedding = (EmbeddingArguments*)arguments;
        int samples = Math.Min(Panel.Width, embedding->Tokens.Batch - panel * Panel.Width);
        float* tokens = embedding->Tokens.Values + panel * embedding->Tokens.Stride;

        // sums are stored as whole vectors, of which the last may be longer than the row
        float* sums = stackalloc float[Panel.Width * BagUnits + Vector256<float>.Count];
        int* order = stackalloc int[Panel.Width];
        for (int s = 0; s < Panel.Width; s++)
            order[s] = s;
        for (int first = 0; first < embedding->Dimension; first += BagUnits)
        {
            int units = Math.Min(BagUnits, embedding->Dimension - first);
            for (int s = 0; s < samples; s++)
            {
                float* table = embedding->Table + first;
                float share = embedding->IsMean ? Math.Max(1, CountTokens(tokens + s, embedding->Tokens.Places)) : 1;
                if (units == BagUnits)
                    SumOfBag(table, embedding->Dimension, tokens + s, embedding->Tokens.Places, share, sums + s * units);
                for (int u = 0; u < units && units < BagUnits; u += Vector256<float>.Count)
                    SumOfVector(table + u, embedding->Dimension, tokens + s, embedding->Tokens.Places, share, sums + s * units + u);
            }

            float* y = embedding->Y + panel * embedding->YStride + first * Panel.Width;
            Transpose.SamplesToPanel(sums, order, units, new Panel(y, samples));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int CountTokens(float* tokens, int places)
    {
        int count = 0;
        for (int p = 0; p < places; p++)
            count += tokens[p * (nint)Panel.Width] < 0 ? 0 : 1;
        return count;
    }

    /// <summary>Computes the sums of 64 units over the tokens of a sample, divided by <paramref name="share"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumOfBag(float* table, nint dimension, float* tokens, int places, float share, float* sums)
    {
        Vector256<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        Vector256<float> sum4 = default, sum5 = default, sum6 = default, sum7 = default;
        for (int p = 0; p < places; p++, tokens += Panel.Width)
        {
            if (Sse.IsSupported && p < places - TokensAhead && tokens[TokensAhead * Panel.Width] >= 0)
                PrefetchRow(table + (nint)tokens[TokensAhead * Panel.Width] * dimension, BagUnits);
            if (*tokens < 0)
                continue;
            float* row = table + (nint)(*tokens) * dimension;
            sum0 += Vector256.Load(row);
            sum1 += Vector256.Load(row + 8);
            sum2 += Vector256.Load(row + 16);
            sum3 += Vector256.Load(row + 24);
            sum4 += Vector256.Load(row + 32);
            sum5 += Vector256.Load(row + 40);
            sum6 += Vector256.Load(row + 48);
            sum7 += Vector256.Load(row + 56);
        }

        var count = Vector256.Create(share);
        (sum0 / count).Store(sums);
        (sum1 / count).Store(sums + 8);
        (sum2 / count).Store(sums + 16);
        (sum3 / count).Store(sums + 24);
        (sum4 / count).Store(sums + 32);
        (sum5 / count).Store(sums + 40);
        (sum6 / count).Store(sums + 48);
        (sum7 / count).Store(sums + 56);
    }

    /// <summary>Computes the sums of a vector of units; it reads beyond the end of a row, but not of the buffer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumOfVector(float* table, nint dimension, float* tokens, int places, float share, float* sums)
    {
        Vector256<float> sum = default;
        for (int p = 0; p < places; p++, tokens += Panel.Width)
        {
            if (*tokens >= 0)
                sum += Vector256.Load(table + (nint)(*tokens) * dimension);
        }

        (sum / Vector256.Create(share)).Store(sums);
    }

    /// <summary>Requests the cache lines of a row before they are needed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchRow(float* row, int count)
    {
        if (!Sse.IsSupported)
            return;
        for (int i = 0; i < count; i += Panel.Width)
            Sse.Prefetch0(row + i);
    }
}
