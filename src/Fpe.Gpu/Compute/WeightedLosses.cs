using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

/// <content>Losses with weights, label smoothing and focus, summed as those without.</content>
internal sealed partial class GpuKernels
{
    private readonly Kernel<WeightedLossArguments> weightedSoftmaxCrossEntropy = new(device, WeightedSoftmaxCrossEntropy);
    private readonly Kernel<WeightedLossArguments> weightedSigmoidCrossEntropy = new(device, WeightedSigmoidCrossEntropy);
    private readonly Kernel<WeightedLossArguments> weightedSquaredError = new(device, WeightedSquaredError);
    private readonly Kernel<AddScaledArguments> addScaled = new(device, AddScaled);

    public void WeightedSoftmaxCrossEntropy(
        Activations logits, IndexBuffer labels, DeviceBuffer classWeights, Activations weights, Activations? gradient, DeviceBuffer losses,
        int slot, int batch, in LossConstants constants)
    {
        CheckLabels(labels, batch, logits.Features);
        RunWeightedLoss(
            weightedSoftmaxCrossEntropy, ArgumentsOf(logits, null, labels, gradient, losses, slot, batch, batch, isMean: false), classWeights, weights, in constants);
    }

    public void WeightedSigmoidCrossEntropy(
        Activations logits, Activations targets, DeviceBuffer positiveWeights, Activations weights, Activations? gradient,
        DeviceBuffer losses, int slot, int batch, in LossConstants constants) => RunWeightedLoss(
            weightedSigmoidCrossEntropy, ArgumentsOf(logits, targets, null, gradient, losses, slot, batch, logits.Features * batch, isMean: false),
            positiveWeights, weights, in constants);

    public void WeightedSquaredError(
        Activations outputs, Activations targets, Activations weights, Activations? gradient, DeviceBuffer losses, int slot, int batch,
        double scale) => RunWeightedLoss(
            weightedSquaredError, ArgumentsOf(outputs, targets, null, gradient, losses, slot, batch, outputs.Features * batch, isMean: false),
            losses, weights, new LossConstants(scale, 0, 0));

    public void AddScaled(DeviceBuffer x, double scale, DeviceBuffer y) =>
        addScaled.RunFor(y.Length, new() { X = View(x), Y = View(y), Scale = (float)scale });

    private void RunWeightedLoss(
        Kernel<WeightedLossArguments> kernel, LossArguments loss, DeviceBuffer outputWeights, Activations weights, in LossConstants constants)
    {
        loss.Total.IsAdded = 0;
        RunSum(kernel, loss.Total, new()
        {
            Loss = loss,
            OutputWeights = View(outputWeights),
            Weights = View(weights),
            Scale = (float)constants.Scale,
            Smoothing = (float)constants.Smoothing,
            Gamma = (float)constants.Gamma,
        });
    }

    private static void WeightedSoftmaxCrossEntropy(WeightedLossArguments a)
    {
        LossArguments loss = a.Loss;
        float sum = 0;
        for (int s = DeviceThread.Number; s < loss.Batch; s += loss.Threads)
        {
            // log Σ exp(x) = max + log Σ exp(x − max): no exponential overflows
            float largest = loss.Outputs[s];
            for (int c = 1; c < loss.Features; c++)
                largest = DeviceMath.Max(largest, loss.Outputs[(c * loss.Stride) + s]);
            float exponentials = 0;
            for (int c = 0; c < loss.Features; c++)
                exponentials += DeviceMath.Exp(loss.Outputs[(c * loss.Stride) + s] - largest);
            float logSum = DeviceMath.Log(exponentials), sumOfSlopes = 0;
            for (int c = 0; c < loss.Features; c++)
            {
                float weight = a.WeightOf(s, c), slope = 0;
                if (weight != 0)
                {
                    float logP = loss.Outputs[(c * loss.Stride) + s] - largest - logSum;
                    float focus = Focus(logP, a.Gamma);
                    sum -= weight * focus * logP;
                    slope = weight * focus * ((a.Gamma * Ratio(logP)) - 1);
                }

                sumOfSlopes += slope;
            }

            for (int c = 0; c < loss.Features && loss.HasGradient != 0; c++)
            {
                float shifted = loss.Outputs[(c * loss.Stride) + s] - largest, weight = a.WeightOf(s, c), slope = 0;
                if (weight != 0)
                    slope = weight * Focus(shifted - logSum, a.Gamma) * ((a.Gamma * Ratio(shifted - logSum)) - 1);
                loss.Gradient[(c * loss.Stride) + s] = slope - (DeviceMath.Exp(shifted) / exponentials * sumOfSlopes);
            }
        }

        loss.Total.AddPart(sum);
    }

    private static void WeightedSigmoidCrossEntropy(WeightedLossArguments a)
    {
        LossArguments loss = a.Loss;
        float sum = 0;
        for (int i = DeviceThread.Number; i < loss.Elements; i += loss.Threads)
        {
            int e = loss.Element(i);
            float z = loss.Outputs[e], target = ((1 - a.Smoothing) * loss.Targets[e]) + (0.5f * a.Smoothing);
            float weight = a.Scale * a.Weights[i % loss.Batch];
            float positive = a.OutputWeights[i / loss.Batch] * target, negative = 1 - target;
            float rest = DeviceMath.LogOnePlus(DeviceMath.Exp(-DeviceMath.Abs(z)));
            float logP = -(DeviceMath.Max(-z, 0) + rest), logQ = -(DeviceMath.Max(z, 0) + rest);
            if (a.Gamma != 0)
            {
                positive *= DeviceMath.Exp(a.Gamma * logQ);
                negative *= DeviceMath.Exp(a.Gamma * logP);
            }

            sum -= weight * ((positive * logP) + (negative * logQ));
            if (loss.HasGradient != 0)
            {
                float p = DeviceMath.Sigmoid(z), q = DeviceMath.Sigmoid(-z);
                loss.Gradient[e] = weight * ((positive * ((a.Gamma * p * logP) - q)) + (negative * (p - (a.Gamma * q * logQ))));
            }
        }

        loss.Total.AddPart(sum);
    }

    private static void WeightedSquaredError(WeightedLossArguments a)
    {
        LossArguments loss = a.Loss;
        float sum = 0;
        for (int i = DeviceThread.Number; i < loss.Elements; i += loss.Threads)
        {
            int e = loss.Element(i);
            float difference = loss.Outputs[e] - loss.Targets[e], scaled = a.Scale * a.Weights[i % loss.Batch] * difference;
            sum += scaled * difference;
            if (loss.HasGradient != 0)
                loss.Gradient[e] = 2 * scaled;
        }

        loss.Total.AddPart(sum);
    }

    private static void AddScaled(AddScaledArguments a)
    {
        if (DeviceThread.Number < a.Y.IntLength)
            a.Y[DeviceThread.Number] += a.Scale * a.X[DeviceThread.Number];
    }

    /// <summary>(1 − p)^γ.</summary>
    private static float Focus(float logP, float gamma) => gamma == 0 ? 1 : DeviceMath.Exp(gamma * DeviceMath.Log(Rest(logP)));

    /// <summary>p · log p / (1 − p); −1 at p = 1, 0 at p = 0.</summary>
    private static float Ratio(float logP)
    {
        float rest = Rest(logP), p = DeviceMath.Exp(logP);
        return rest == 0 ? -1 : p == 0 ? 0 : p * logP / rest;
    }

    /// <summary>1 − p = 2u / (1 + u) with u = tanh(−log p / 2), which is accurate also near p = 1.</summary>
    private static float Rest(float logP)
    {
        float u = DeviceMath.Tanh(-0.5f * logP);
        return 2 * u / (1 + u);
    }

    private struct WeightedLossArguments
    {
        public LossArguments Loss;
        public ArrayView<float> OutputWeights, Weights;
        public float Scale, Smoothing, Gamma;

        /// <summary>The factor of the term of a class.</summary>
        public readonly float WeightOf(int sample, int c) => Scale * Weights[sample] * OutputWeights[c]
            * ((Smoothing / Loss.Features) + (c == Loss.Labels[sample] ? 1 - Smoothing : 0));
    }

    private struct AddScaledArguments
    {
        public ArrayView<float> X, Y;
        public float Scale;
    }
}
