using System.Numerics;

namespace Fpe.Compute;

/// <summary>Convolutions over edges, with samples row by row and weights in slot order.</summary>
internal static class PlainEdgeConv2d<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Computes the weighted sums.</summary>
    public static void Sums(Conv2dShape shape, EdgeLayout layout, ReadOnlySpan<T> weights, ReadOnlySpan<T> bias, ReadOnlySpan<T> x, Span<T> sums)
    {
        for (int o = 0; o < sums.Length; o++)
            sums[o] = bias[o % shape.Output.Count / shape.Output.Pixels];
        foreach ((int weight, int input, int output) in FilterEdges.Of(shape, layout))
        {
            for (int s = 0; s < sums.Length / shape.Output.Count; s++)
                sums[(s * shape.Output.Count) + output] += weights[weight] * x[(s * shape.Input.Count) + input];
        }
    }

    public static void InputGradient(Conv2dShape shape, EdgeLayout layout, ReadOnlySpan<T> weights, ReadOnlySpan<T> dz, Span<T> dx)
    {
        dx.Clear();
        foreach ((int weight, int input, int output) in FilterEdges.Of(shape, layout))
        {
            for (int s = 0; s < dz.Length / shape.Output.Count; s++)
                dx[(s * shape.Input.Count) + input] += weights[weight] * dz[(s * shape.Output.Count) + output];
        }
    }

    public static void WeightGradient(
        Conv2dShape shape, EdgeLayout layout, ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> weightGradient, Span<T> biasGradient)
    {
        weightGradient.Clear();
        biasGradient.Clear();
        foreach ((int weight, int input, int output) in FilterEdges.Of(shape, layout))
        {
            for (int s = 0; s < dz.Length / shape.Output.Count; s++)
                weightGradient[weight] += dz[(s * shape.Output.Count) + output] * x[(s * shape.Input.Count) + input];
        }

        for (int o = 0; o < dz.Length; o++)
            biasGradient[o % shape.Output.Count / shape.Output.Pixels] += dz[o];
    }
}
