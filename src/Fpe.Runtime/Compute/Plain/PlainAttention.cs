using System.Numerics;

namespace Fpe.Compute.Plain;

/// <summary>Multi-head self-attention, with samples row by row: queries, then keys, then values, each unit by unit.</summary>
internal static class PlainAttention<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="shape">The attention.</param>
    /// <param name="qkv">[batch, 3 · units · places].</param>
    /// <param name="tokens">[batch, places]; empty if no place is.</param>
    /// <param name="probabilities">[batch, heads · places · places].</param>
    /// <param name="y">[batch, units · places].</param>
    public static void Forward(AttentionShape shape, ReadOnlySpan<T> qkv, ReadOnlySpan<T> tokens, Span<T> probabilities, Span<T> y)
    {
        int places = shape.Places;
        for (int s = 0; s < y.Length / shape.OutputCount; s++)
        {
            var (queries, keys, values) = Parts(shape, s * shape.InputCount);
            for (int row = 0; row < shape.Heads * places; row++)
            {
                (int head, int query) = Math.DivRem(row, places);
                Span<T> weights = probabilities.Slice((s * shape.ProbabilityCount) + (row * places), places);
                for (int key = 0; key < places; key++)
                {
                    T score = T.Zero;
                    for (int u = head * shape.HeadUnits; u < (head + 1) * shape.HeadUnits; u++)
                        score += qkv[queries + (u * places) + query] * qkv[keys + (u * places) + key];
                    weights[key] = score / Root(shape);
                }

                Softmax(weights, tokens.IsEmpty ? default : tokens.Slice(s * places, places));
                for (int u = head * shape.HeadUnits; u < (head + 1) * shape.HeadUnits; u++)
                {
                    T sum = T.Zero;
                    for (int key = 0; key < places; key++)
                    {
                        if (tokens.IsEmpty || !(tokens[(s * places) + key] < T.Zero))
                            sum += weights[key] * qkv[values + (u * places) + key];
                    }

                    y[(s * shape.OutputCount) + (u * places) + query] = sum;
                }
            }
        }
    }

    public static void InputGradient(
        AttentionShape shape, ReadOnlySpan<T> qkv, ReadOnlySpan<T> probabilities, ReadOnlySpan<T> dy, Span<T> dqkv)
    {
        int places = shape.Places;
        T[] slopes = new T[places];
        dqkv.Clear();
        for (int s = 0; s < dy.Length / shape.OutputCount; s++)
        {
            var (queries, keys, values) = Parts(shape, s * shape.InputCount);
            for (int row = 0; row < shape.Heads * places; row++)
            {
                (int head, int query) = Math.DivRem(row, places);
                ReadOnlySpan<T> weights = probabilities.Slice((s * shape.ProbabilityCount) + (row * places), places);
                ReadOnlySpan<T> output = dy[((s * shape.OutputCount) + query)..];
                T sum = T.Zero;
                for (int key = 0; key < places; key++)
                {
                    slopes[key] = T.Zero;
                    for (int u = head * shape.HeadUnits; u < (head + 1) * shape.HeadUnits; u++)
                        slopes[key] += output[u * places] * qkv[values + (u * places) + key];
                    sum += weights[key] * slopes[key];
                }

                for (int key = 0; key < places; key++)
                {
                    T slope = weights[key] * (slopes[key] - sum) / Root(shape);
                    for (int u = head * shape.HeadUnits; u < (head + 1) * shape.HeadUnits; u++)
                    {
                        dqkv[queries + (u * places) + query] += slope * qkv[keys + (u * places) + key];
                        dqkv[keys + (u * places) + key] += slope * qkv[queries + (u * places) + query];
                        dqkv[values + (u * places) + key] += weights[key] * output[u * places];
                    }
                }
            }
        }
    }

    /// <summary>Turns scores into probabilities, 0 at empty places.</summary>
    private static void Softmax(Span<T> scores, ReadOnlySpan<T> tokens)
    {
        // exp(x − max) does not overflow
        T largest = T.NegativeInfinity, sum = T.Zero;
        for (int k = 0; k < scores.Length; k++)
        {
            if (tokens.IsEmpty || !(tokens[k] < T.Zero))
                largest = T.Max(largest, scores[k]);
        }

        for (int k = 0; k < scores.Length; k++)
        {
            scores[k] = tokens.IsEmpty || !(tokens[k] < T.Zero) ? T.Exp(scores[k] - largest) : T.Zero;
            sum += scores[k];
        }

        for (int k = 0; k < scores.Length && sum != T.Zero; k++)
            scores[k] /= sum;
    }

    /// <summary>Returns the indices of the first query, key and value of a sample.</summary>
    private static (int Queries, int Keys, int Values) Parts(AttentionShape shape, int sample) =>
        (sample, sample + shape.OutputCount, sample + (2 * shape.OutputCount));

    private static T Root(AttentionShape shape) => T.Sqrt(T.CreateChecked(shape.HeadUnits));
}
