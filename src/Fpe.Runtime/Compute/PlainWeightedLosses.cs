using System.Numerics;
using Fpe.Compute.Plain;

namespace Fpe.Compute;

/// <summary>Losses with weights, label smoothing and focus, over values stored sample by sample.</summary>
internal static class PlainWeightedLosses<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="logits">[samples, classes].</param>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="classWeights">A weight for each class.</param>
    /// <param name="weights">A weight for each sample.</param>
    /// <param name="gradient">Receives the gradient; empty if only the loss is needed.</param>
    /// <param name="constants">The constants.</param>
    /// <returns>The loss.</returns>
    public static T Softmax(
        ReadOnlySpan<T> logits, ReadOnlySpan<int> labels, ReadOnlySpan<T> classWeights, ReadOnlySpan<T> weights, Span<T> gradient,
        in LossConstants constants)
    {
        int classes = classWeights.Length;
        (T scale, T smoothing, T gamma) = Numbers(in constants);
        T loss = T.Zero;
        var slopes = new T[classes];
        for (int s = 0; s < weights.Length; s++)
        {
            ReadOnlySpan<T> row = logits.Slice(s * classes, classes);
            KernelIndices.CheckLabel(labels[s], classes, s);

            // log Σ exp(x) = max + log Σ exp(x − max): no exponential overflows
            T largest = row[0];
            foreach (T logit in row)
                largest = T.Max(largest, logit);
            T sum = T.Zero;
            foreach (T logit in row)
                sum += T.Exp(logit - largest);
            T logSum = T.Log(sum);

            T sumOfSlopes = T.Zero;
            for (int c = 0; c < classes; c++)
            {
                T target = (smoothing / T.CreateChecked(classes)) + (c == labels[s] ? T.One - smoothing : T.Zero);
                T weight = scale * weights[s] * classWeights[c] * target;
                (T value, T slope) = weight == T.Zero ? (T.Zero, T.Zero) : Focused(row[c] - largest - logSum, gamma);
                loss += weight * value;
                slopes[c] = weight * slope;
                sumOfSlopes += slopes[c];
            }

            for (int c = 0; c < classes && !gradient.IsEmpty; c++)
                gradient[(s * classes) + c] = slopes[c] - (T.Exp(row[c] - largest) / sum * sumOfSlopes);
        }

        return loss;
    }

    /// <param name="logits">[samples, outputs].</param>
    /// <param name="targets">[samples, outputs].</param>
    /// <param name="positiveWeights">A weight for each output.</param>
    /// <param name="weights">A weight for each sample.</param>
    /// <param name="gradient">Receives the gradient; empty if only the loss is needed.</param>
    /// <param name="constants">The constants.</param>
    /// <returns>The loss.</returns>
    public static T Sigmoid(
        ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, ReadOnlySpan<T> positiveWeights, ReadOnlySpan<T> weights, Span<T> gradient,
        in LossConstants constants)
    {
        int outputs = positiveWeights.Length;
        (T scale, T smoothing, T gamma) = Numbers(in constants);
        T loss = T.Zero;
        for (int i = 0; i < logits.Length; i++)
        {
            T z = logits[i], weight = scale * weights[i / outputs];
            T target = ((T.One - smoothing) * targets[i]) + (smoothing / T.CreateChecked(2));
            T positive = positiveWeights[i % outputs] * target, negative = T.One - target;

            T rest = PlainActivation<T>.LogOnePlus(T.Exp(-T.Abs(z)));
            T logP = -(T.Max(-z, T.Zero) + rest), logQ = -(T.Max(z, T.Zero) + rest);
            T p = PlainActivation<T>.Sigmoid(z), q = PlainActivation<T>.Sigmoid(-z);
            if (gamma != T.Zero)
                (positive, negative) = (positive * T.Exp(gamma * logQ), negative * T.Exp(gamma * logP));
            loss -= weight * ((positive * logP) + (negative * logQ));
            if (!gradient.IsEmpty)
                gradient[i] = weight * ((positive * ((gamma * p * logP) - q)) + (negative * (p - (gamma * q * logQ))));
        }

        return loss;
    }

    /// <param name="outputs">[samples, outputs].</param>
    /// <param name="targets">[samples, outputs].</param>
    /// <param name="weights">A weight for each sample.</param>
    /// <param name="gradient">Receives the gradient; empty if only the loss is needed.</param>
    /// <param name="scale">The factor of the sum.</param>
    /// <returns>The loss.</returns>
    public static T SquaredError(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> weights, Span<T> gradient, T scale)
    {
        int width = outputs.Length / weights.Length;
        T loss = T.Zero;
        for (int i = 0; i < outputs.Length; i++)
        {
            T error = outputs[i] - targets[i], weight = scale * weights[i / width];
            loss += weight * error * error;
            if (!gradient.IsEmpty)
                gradient[i] = T.CreateChecked(2) * weight * error;
        }

        return loss;
    }

    /// <summary>
    /// (1 − p)^γ · (−log p), and p times its derivative by p: (1 − p)^γ · (γ · p · log p / (1 − p) − 1). 1 − p = 2u / (1 + u) with
    /// u = tanh(−log p / 2) is accurate also near p = 1, where log p / (1 − p) is −1.
    /// </summary>
    private static (T Value, T Slope) Focused(T logP, T gamma)
    {
        if (gamma == T.Zero)
            return (-logP, -T.One);
        T p = T.Exp(logP), u = T.Tanh(-logP / T.CreateChecked(2));
        T rest = (u + u) / (T.One + u), focus = T.Pow(rest, gamma);
        T ratio = rest == T.Zero ? -T.One : p == T.Zero ? T.Zero : p * logP / rest;
        return (-focus * logP, focus * ((gamma * ratio) - T.One));
    }

    private static (T Scale, T Smoothing, T Gamma) Numbers(in LossConstants constants) =>
        (T.CreateTruncating(constants.Scale), T.CreateTruncating(constants.Smoothing), T.CreateTruncating(constants.Gamma));
}
