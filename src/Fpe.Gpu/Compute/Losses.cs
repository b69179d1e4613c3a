using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

/// <content>
/// Losses and counts: a group of threads sums over its samples, and if there is more than one group, another kernel sums their results.
/// </content>
internal sealed partial class GpuKernels
{
    /// <summary>Most groups of a sum: as many as one group can add up in one step.</summary>
    private const int MostParts = 256;

    /// <summary>Elements of a thread before another group is worth a second kernel.</summary>
    private const int ElementsOfThread = 16;

    private readonly Kernel<LossArguments> softmaxCrossEntropy = new(device, SoftmaxCrossEntropy);
    private readonly Kernel<LossArguments> sigmoidCrossEntropy = new(device, SigmoidCrossEntropy);
    private readonly Kernel<LossArguments> meanSquaredError = new(device, MeanSquaredError);
    private readonly Kernel<LossArguments> countCorrectClasses = new(device, CountCorrectClasses);
    private readonly Kernel<LossArguments> countCorrectSigns = new(device, CountCorrectSigns);
    private readonly Kernel<PartsArguments> sumParts = new(device, SumParts);
    private readonly Lazy<GpuMemory<float>> parts = new(() => new GpuMemory<float>(device, MostParts, "partial sums"));
    private readonly Lazy<GpuMemory<int>> noLabels = new(() => new GpuMemory<int>(device, 1, "labels"));

    public void SoftmaxCrossEntropy(Activations logits, IndexBuffer labels, Activations? gradient, DeviceBuffer losses, int slot, int batch)
    {
        CheckLabels(labels, batch, logits.Features);
        RunLoss(softmaxCrossEntropy, logits, null, labels, gradient, losses, slot, batch, batch, isMean: true);
    }

    public void SigmoidCrossEntropy(Activations logits, Activations targets, Activations? gradient, DeviceBuffer losses, int slot, int batch) =>
        RunLoss(sigmoidCrossEntropy, logits, targets, null, gradient, losses, slot, batch, logits.Features * batch, isMean: true);

    public void MeanSquaredError(Activations outputs, Activations targets, Activations? gradient, DeviceBuffer losses, int slot, int batch) =>
        RunLoss(meanSquaredError, outputs, targets, null, gradient, losses, slot, batch, outputs.Features * batch, isMean: true);

    public void CountCorrectClasses(Activations logits, IndexBuffer labels, DeviceBuffer counts, int slot, int batch)
    {
        CheckLabels(labels, batch, logits.Features);
        RunLoss(countCorrectClasses, logits, null, labels, null, counts, slot, batch, batch, isMean: false);
    }

    public void CountCorrectSigns(Activations logits, Activations targets, DeviceBuffer counts, int slot, int batch) =>
        RunLoss(countCorrectSigns, logits, targets, null, null, counts, slot, batch, logits.Features * batch, isMean: false);

    private static void CheckLabels(IndexBuffer labels, int batch, int classes)
    {
        Span<int> chosen = Indices(labels).Host[..batch];
        for (int s = 0; s < chosen.Length; s++)
            KernelIndices.CheckLabel(chosen[s], classes, s);
    }

    private void RunLoss(
        Kernel<LossArguments> kernel, Activations outputs, Activations? targets, IndexBuffer? labels, Activations? gradient,
        DeviceBuffer sums, int slot, int batch, int elements, bool isMean)
    {
        LossArguments arguments = ArgumentsOf(outputs, targets, labels, gradient, sums, slot, batch, elements, isMean);
        RunSum(kernel, arguments.Total, arguments);
    }

    private LossArguments ArgumentsOf(
        Activations outputs, Activations? targets, IndexBuffer? labels, Activations? gradient, DeviceBuffer sums, int slot, int batch,
        int elements, bool isMean) => new()
        {
            Outputs = View(outputs),
            Targets = View(targets ?? outputs),
            Gradient = View(gradient ?? outputs),
            Labels = labels is null ? noLabels.Value.View : Indices(labels).View,
            Total = new()
            {
                Parts = parts.Value.View,
                Sums = View(sums),
                Slot = slot,
                Count = Math.Clamp(Groups(batch * outputs.Features, Kernel<LossArguments>.Threads * ElementsOfThread), 1, MostParts),
                Scale = isMean ? 1f / elements : 1,
                IsAdded = isMean ? 0 : 1,
            },
            HasGradient = gradient is null ? 0 : 1,
            Features = outputs.Features,
            Elements = elements,
            Batch = batch,
            Stride = Lanes(outputs).Stride,
        };

    /// <summary>Sums in groups and then the sums of the groups. All sums share one memory of parts, so that no other may come between.</summary>
    private void RunSum<TArguments>(Kernel<TArguments> kernel, PartsArguments total, TArguments arguments)
        where TArguments : struct
    {
        lock (device.Queue)
        {
            kernel.RunGroups(total.Count, arguments);
            if (total.Count > 1)
                sumParts.RunGroups(1, total);
        }
    }

    private static void SoftmaxCrossEntropy(LossArguments a)
    {
        float sum = 0;
        for (int s = DeviceThread.Number; s < a.Batch; s += a.Threads)
        {
            // log Σ exp(x) = max + log Σ exp(x − max): no exponential overflows
            float largest = a.Outputs[s];
            for (int c = 1; c < a.Features; c++)
                largest = DeviceMath.Max(largest, a.Outputs[(c * a.Stride) + s]);
            float exponentials = 0;
            for (int c = 0; c < a.Features; c++)
                exponentials += DeviceMath.Exp(a.Outputs[(c * a.Stride) + s] - largest);
            sum += DeviceMath.Log(exponentials) - (a.Outputs[(a.Labels[s] * a.Stride) + s] - largest);
            for (int c = 0; c < a.Features && a.HasGradient != 0; c++)
            {
                float probability = DeviceMath.Exp(a.Outputs[(c * a.Stride) + s] - largest) / exponentials;
                a.Gradient[(c * a.Stride) + s] = (c == a.Labels[s] ? probability - 1 : probability) / a.Batch;
            }
        }

        a.Total.AddPart(sum);
    }

    private static void SigmoidCrossEntropy(LossArguments a)
    {
        float sum = 0;
        for (int i = DeviceThread.Number; i < a.Elements; i += a.Threads)
        {
            int e = a.Element(i);
            float z = a.Outputs[e], t = a.Targets[e];
            sum += DeviceMath.Max(z, 0) - (z * t) + DeviceMath.LogOnePlus(DeviceMath.Exp(-DeviceMath.Abs(z)));
            if (a.HasGradient != 0)
                a.Gradient[e] = (DeviceMath.Sigmoid(z) - t) / a.Elements;
        }

        a.Total.AddPart(sum);
    }

    private static void MeanSquaredError(LossArguments a)
    {
        float sum = 0;
        for (int i = DeviceThread.Number; i < a.Elements; i += a.Threads)
        {
            int e = a.Element(i);
            float difference = a.Outputs[e] - a.Targets[e];
            sum += difference * difference;
            if (a.HasGradient != 0)
                a.Gradient[e] = 2 * difference / a.Elements;
        }

        a.Total.AddPart(sum);
    }

    private static void CountCorrectClasses(LossArguments a)
    {
        float sum = 0;
        for (int s = DeviceThread.Number; s < a.Batch; s += a.Threads)
        {
            // The label's logit must be above all before it, and at least those after it.
            int label = a.Labels[s];
            float wanted = a.Outputs[(label * a.Stride) + s];
            float isCorrect = 1;
            for (int c = 0; c < a.Features; c++)
            {
                float other = a.Outputs[(c * a.Stride) + s];
                bool isBelow = c < label ? wanted > other : wanted >= other;
                isCorrect = isBelow && !DeviceMath.IsNaN(other) && !DeviceMath.IsNaN(wanted) ? isCorrect : 0f;
            }

            sum += isCorrect;
        }

        a.Total.AddPart(sum);
    }

    private static void CountCorrectSigns(LossArguments a)
    {
        float sum = 0;
        for (int i = DeviceThread.Number; i < a.Elements; i += a.Threads)
        {
            int e = a.Element(i);
            float z = a.Outputs[e];
            bool isPositive = z > 0, wantsPositive = a.Targets[e] > 0.5f;
            sum += !DeviceMath.IsNaN(z) && isPositive == wantsPositive ? 1f : 0f;
        }

        a.Total.AddPart(sum);
    }

    private static void SumParts(PartsArguments a)
    {
        float sum = GroupSum.Of(Group.IdxX < a.Count ? a.Parts[Group.IdxX] : 0);
        if (Group.IdxX == 0)
            a.Store(sum);
    }

    /// <summary>What a sum over many groups needs: a place for the sum of each, and the place and scale of the total.</summary>
    internal struct PartsArguments
    {
        public ArrayView<float> Parts, Sums;
        public int Slot, Count, IsAdded;
        public float Scale;

        /// <summary>Sums over a group: to the total if there is only one group.</summary>
        public readonly void AddPart(float value)
        {
            float sum = GroupSum.Of(value);
            if (Group.IdxX != 0)
                return;
            if (Count == 1)
                Store(sum);
            else
                Parts[Grid.IdxX] = sum;
        }

        public readonly void Store(float sum) => Sums[Slot] = (IsAdded != 0 ? Sums[Slot] : 0) + (sum * Scale);
    }

    private struct LossArguments
    {
        public ArrayView<float> Outputs, Targets, Gradient;
        public ArrayView<int> Labels;
        public PartsArguments Total;
        public int HasGradient, Features, Elements, Batch, Stride;

        public readonly int Threads => Total.Count * Group.DimX;

        public readonly int Element(int i) => (i / Batch * Stride) + (i % Batch);
    }
}
