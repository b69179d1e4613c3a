using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Queries whose probabilities are computed and used while they are in the first-level cache.</summary>
    private const int QueryBlock = 4;

    public void AttentionForward(
        AttentionShape shape, Activations qkv, Activations? tokens, Activations probabilities, Activations y, int batch)
    {
        var attention = new AttentionArguments(shape, device.Width, qkv, probabilities, y, batch);
        if (tokens is not null)
        {
            attention.Tokens = Panels(tokens).Values;
            attention.TokensStride = Panels(tokens).PanelStride;
        }

        Run(Panel.Count(batch) * shape.Heads, &AttentionForwardChunk, &attention, attention.Work(products: 2));
    }

    /// <summary>Computes a head of a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AttentionForwardChunk(void* arguments, int chunk)
    {
        var attention = (AttentionArguments*)arguments;
        var head = new AttentionHead(attention, chunk);
        LaneMatrix y = head.OfUnits(attention->Y + head.Panel * attention->YStride, part: 0);
        float* tokens = attention->Tokens is null ? null : attention->Tokens + head.Panel * attention->TokensStride;
        int block = Math.Min(QueryBlock, head.Places);
        for (int q = 0; q < head.Places; q += block)
        {
            // the last block overlaps the one before it
            int first = Math.Min(q, head.Places - block);
            LaneMatrix rows = head.Probabilities.FromRow(first);
            LaneProduct.Compute(
                attention->Width, head.Lanes, head.Queries.FromColumn(first), head.Keys, rows, head.Units, block, head.Places);
            for (int i = 0; i < block; i++)
            {
                for (int lane = 0; lane < head.Lanes; lane += Vector256<float>.Count)
                    Softmax(rows.FromRow(i).Values + lane, tokens is null ? null : tokens + lane, head.Places, attention->Scale);
            }

            LaneProduct.Compute(
                attention->Width, head.Lanes, head.Values.Transposed, rows.Transposed, y.FromColumn(first), head.Places, head.Units, block);
        }
    }

    /// <summary>Turns the scores of a query into probabilities, in 8 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Softmax(float* scores, float* tokens, int places, float scale)
    {
        // exp(−∞) = 0 at empty keys; a lane without tokens must not subtract −∞
        var least = Vector256.Create(float.NegativeInfinity);
        var largest = least;
        var any = Vector256<float>.Zero;
        nint end = places * (nint)Panel.Width;
        for (nint k = 0; k < end; k += Panel.Width)
        {
            var score = Vector256.Load(scores + k);
            if (tokens is not null)
            {
                var present = CpuTokens.Present(tokens + k);
                any |= present;
                score = Vector256.ConditionalSelect(present, score, least);
                score.Store(scores + k);
            }

            largest = Vector256.MaxNative(largest, score);
        }

        if (tokens is not null)
            largest &= any;
        var factor = Vector256.Create(scale);
        var sum = Vector256<float>.Zero;
        for (nint k = 0; k < end; k += Panel.Width)
        {
            var e = VectorMath.ExpOfNegative((Vector256.Load(scores + k) - largest) * factor);
            e.Store(scores + k);
            sum += e;
        }

        var inverse = Vector256<float>.One / (tokens is null ? sum : Vector256.ConditionalSelect(any, sum, Vector256<float>.One));
        for (nint k = 0; k < end; k += Panel.Width)
            (Vector256.Load(scores + k) * inverse).Store(scores + k);
    }

    private struct AttentionArguments(
        AttentionShape shape, VectorWidth width, Activations qkv, Activations probabilities, Activations y, int batch)
    {
        public readonly AttentionShape Shape = shape;
        public readonly VectorWidth Width = width;
        public readonly float Scale = (float)(1 / Math.Sqrt(shape.HeadUnits));
        public readonly int Batch = batch;
        public readonly float* Qkv = Panels(qkv).Values, Probabilities = Panels(probabilities).Values, Y = Panels(y).Values;
        public readonly nint QkvStride = Panels(qkv).PanelStride;
        public readonly nint ProbabilitiesStride = Panels(probabilities).PanelStride;
        public readonly nint YStride = Panels(y).PanelStride;
        public float* Tokens, Dqkv;
        public nint TokensStride, DqkvStride;

        /// <summary>Returns multiply-adds of all heads; a probability takes as long as some.</summary>
        public readonly long Work(int products) => (long)Shape.ProbabilityCount * (products * Shape.HeadUnits + NormWork) * Batch;
    }

    /// <summary>A head of a panel: matrices [units, places] of queries, keys and values, and [queries, keys] of probabilities.</summary>
    private readonly struct AttentionHead
    {
        private readonly int head, allUnits;

        public AttentionHead(AttentionArguments* attention, int chunk)
        {
            (Panel, head) = Math.DivRem(chunk, attention->Shape.Heads);
            (Units, Places, allUnits) = (attention->Shape.HeadUnits, attention->Shape.Places, attention->Shape.Units);
            Lanes = Math.Min(Cpu.Panel.Width, (attention->Batch - Panel * Cpu.Panel.Width + 7) & ~7);
            float* qkv = attention->Qkv + Panel * attention->QkvStride;
            (Queries, Keys, Values) = (OfUnits(qkv, part: 0), OfUnits(qkv, part: 1), OfUnits(qkv, part: 2));
            float* probabilities = attention->Probabilities + Panel * attention->ProbabilitiesStride;
            Probabilities = LaneMatrix.OfRows(probabilities + head * (nint)Places * Places * Cpu.Panel.Width, Places);
        }

        public readonly int Panel, Units, Places, Lanes;

        public readonly LaneMatrix Queries, Keys, Values, Probabilities;

        /// <summary>The units of this head in one of several sequences of all units that follow each other.</summary>
        public LaneMatrix OfUnits(float* sequences, int part) =>
            LaneMatrix.OfRows(sequences + (part * (nint)allUnits + head * (nint)Units) * Places * Cpu.Panel.Width, Places);
    }
}
