using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Units per chunk of the gradient of an embedding: two cache lines of a row.</summary>
    private const int EmbeddingUnits = 32;

    public void EmbeddingGradient(
        int dimension, Activations tokens, Activations dy, IndexBuffer slots, IndexBuffer rows, DeviceBuffer gradient,
        DeviceBuffer? positionGradient, int batch)
    {
        var embedding = new EmbeddingArguments(dimension, tokens, dy, batch)
        {
            Gradient = Floats(gradient).Address,
            Positions = positionGradient is null ? null : Floats(positionGradient).Address,
            Slots = Integers(slots),
        };
        embedding.Tokens.Check(slots.Length);
        int count = ListTokens(in embedding.Tokens, embedding.Slots, Integers(rows));
        new Span<float>(embedding.Gradient, gradient.Length).Clear();
        if (positionGradient is not null)
            new Span<float>(embedding.Positions, positionGradient.Length).Clear();
        Run(DivideUp(dimension, EmbeddingUnits), &EmbeddingGradientChunk, &embedding, (long)dy.Features * batch * GatherWork);
        ForgetTokens(embedding.Slots, Integers(rows), count, rows.Length);
    }

    /// <summary>Computes some units of all rows, panel by panel and place by place.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EmbeddingGradientChunk(void* arguments, int chunk)
    {
        const int Size = 8;
        var embedding = (EmbeddingArguments*)arguments;
        int places = embedding->Tokens.Places, dimension = embedding->Dimension;
        nint step = places * (nint)Panel.Width;
        int end = Math.Min(dimension, (chunk + 1) * EmbeddingUnits);
        float* square = stackalloc float[Size * Size];
        new Span<float>(square, Size * Size).Clear();
        for (int first = 0; first < embedding->Tokens.Batch; first += Size)
        {
            int samples = Math.Min(Size, embedding->Tokens.Batch - first);
            float* token = embedding->Tokens.Sample(first);
            for (int p = 0; p < places; p++, token += Panel.Width)
            {
                var present = CpuTokens.Present(token) & LaneMask.Before(samples).AsSingle();
                if (Vector256.EqualsAll(present.AsInt32(), Vector256<int>.Zero))
                    continue;
                for (int u = chunk * EmbeddingUnits; u < end; u += Size)
                {
                    int units = Math.Min(Size, end - u);
                    float* dy = embedding->Y + first / Panel.Width * embedding->YStride + first % Panel.Width + u * step + p * Panel.Width;
                    for (int i = 0; i < units; i++)
                        (Vector256.Load(dy + i * step) & present).Store(square + i * Size);
                    var row0 = Vector256.Load(square);
                    var row1 = Vector256.Load(square + Size);
                    var row2 = Vector256.Load(square + 2 * Size);
                    var row3 = Vector256.Load(square + 3 * Size);
                    var row4 = Vector256.Load(square + 4 * Size);
                    var row5 = Vector256.Load(square + 5 * Size);
                    var row6 = Vector256.Load(square + 6 * Size);
                    var row7 = Vector256.Load(square + 7 * Size);
                    if (embedding->Positions is not null)
                    {
                        var sums = Transpose.Sums(row0, row1, row2, row3, row4, row5, row6, row7);
                        AddUnits(embedding->Positions + p * (nint)dimension + u, sums, units);
                    }

                    Transpose.Square(ref row0, ref row1, ref row2, ref row3, ref row4, ref row5, ref row6, ref row7);
                    AddToken(embedding, token, samples, 0, u, row0, units);
                    AddToken(embedding, token, samples, 1, u, row1, units);
                    AddToken(embedding, token, samples, 2, u, row2, units);
                    AddToken(embedding, token, samples, 3, u, row3, units);
                    AddToken(embedding, token, samples, 4, u, row4, units);
                    AddToken(embedding, token, samples, 5, u, row5, units);
                    AddToken(embedding, token, samples, 6, u, row6, units);
                    AddToken(embedding, token, samples, 7, u, row7, units);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddToken(
        EmbeddingArguments* embedding, float* tokens, int samples, int s, int unit, Vector256<float> slopes, int units)
    {
        if (s < samples && !(tokens[s] < 0))
        {
            nint row = embedding->Slots[(nint)tokens[s]] - 1;
            AddUnits(embedding->Gradient + row * embedding->Dimension + unit, slopes, units);
        }
    }

    /// <summary>target[i] += values[i] for up to 8 units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddUnits(float* target, Vector256<float> values, int units)
    {
        if (units == Vector256<float>.Count)
        {
            (Vector256.Load(target) + values).Store(target);
            return;
        }

        for (int i = 0; i < units; i++)
            target[i] += values[i];
    }

    /// <summary>
    /// Lists the distinct tokens of a batch in the order of their first appearance, and stores in the slot of each 1 + its place in the list.
    /// </summary>
    /// <returns>The length of the list.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ListTokens(in CpuTokens tokens, int* slots, int* rows)
    {
        int count = 0;
        for (int s = 0; s < tokens.Batch; s++)
        {
            float* token = tokens.Sample(s);
            for (int p = 0; p < tokens.Places; p++, token += Panel.Width)
            {
                if (*token < 0)
                    continue;
                int row = (int)*token;
                if (slots[row] != 0)
                    continue;
                rows[count++] = row;
                slots[row] = count;
            }
        }

        return count;
    }

    /// <summary>Resets the slots, and marks the end of the list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForgetTokens(int* slots, int* rows, int count, int length)
    {
        for (int r = 0; r < count; r++)
            slots[rows[r]] = 0;
        new Span<int>(rows + count, length - count).Fill(-1);
    }
}
