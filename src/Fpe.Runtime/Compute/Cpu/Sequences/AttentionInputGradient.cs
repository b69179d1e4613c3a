using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void AttentionInputGradient(
        AttentionShape shape, Activations qkv, Activations probabilities, Activations dy, Activations dqkv, int batch)
    {
        var attention = new AttentionArguments(shape, device.Width, qkv, probabilities, dy, batch)
        {
            Dqkv = Panels(dqkv).Values,
            DqkvStride = Panels(dqkv).PanelStride,
        };
        Run(Panel.Count(batch) * shape.Heads, &AttentionInputGradientChunk, &attention, attention.Work(products: 4));
    }

    /// <summary>Computes a head of a panel. The gradient with respect to the scores replaces the probabilities.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AttentionInputGradientChunk(void* arguments, int chunk)
    {
        var attention = (AttentionArguments*)arguments;
        var head = new AttentionHead(attention, chunk);
        float* dqkv = attention->Dqkv + head.Panel * attention->DqkvStride;
        LaneMatrix dQueries = head.OfUnits(dqkv, part: 0), dKeys = head.OfUnits(dqkv, part: 1), dValues = head.OfUnits(dqkv, part: 2);
        LaneMatrix dy = head.OfUnits(attention->Y + head.Panel * attention->YStride, part: 0);
        VectorWidth width = attention->Width;
        LaneProduct.Compute(width, head.Lanes, dy.Transposed, head.Probabilities, dValues, head.Places, head.Units, head.Places);

        // until the keys' gradient is known, its memory has room for a row per unit of the gradient with respect to the probabilities
        int block = Math.Min(QueryBlock, head.Units);
        for (int first = 0; first < head.Places; first += block)
        {
            int count = Math.Min(block, head.Places - first);
            LaneMatrix rows = head.Probabilities.FromRow(first);
            LaneProduct.Compute(width, head.Lanes, dy.FromColumn(first), head.Values, dKeys, head.Units, count, head.Places);
            for (int i = 0; i < count; i++)
            {
                for (int lane = 0; lane < head.Lanes; lane += Vector256<float>.Count)
                    SoftmaxGradient(rows.FromRow(i).Values + lane, dKeys.FromRow(i).Values + lane, head.Places, attention->Scale);
            }

            LaneProduct.Compute(
                width, head.Lanes, head.Keys.Transposed, rows.Transposed, dQueries.FromColumn(first), head.Places, head.Units, count);
        }

        LaneProduct.Compute(width, head.Lanes, head.Queries.Transposed, head.Probabilities, dKeys, head.Places, head.Units, head.Places);
    }

    /// <summary>a = a · (da − Σ a · da) · scale over the keys of a query, in 8 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SoftmaxGradient(float* a, float* da, int places, float scale)
    {
        var sum = Vector256<float>.Zero;
        nint end = places * (nint)Panel.Width;
        for (nint k = 0; k < end; k += Panel.Width)
            sum = Vector256.MultiplyAddEstimate(Vector256.Load(a + k), Vector256.Load(da + k), sum);
        var factor = Vector256.Create(scale);
        for (nint k = 0; k < end; k += Panel.Width)
            (Vector256.Load(a + k) * ((Vector256.Load(da + k) - sum) * factor)).Store(a + k);
    }
}
