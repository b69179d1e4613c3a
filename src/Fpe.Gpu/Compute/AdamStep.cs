using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

internal sealed partial class GpuKernels
{
    private readonly Kernel<AdamArguments> adamStep = new(device, AdamStep);
    private readonly Kernel<RowsArguments<AdamArguments>> adamStepRows = new(device, AdamStepRows);

    public void AdamStep(
        DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer firstMoment, DeviceBuffer secondMoment, in AdamConstants step) =>
        adamStep.RunFor(weights.Length, new(View(weights), View(gradient), View(firstMoment), View(secondMoment), in step));

    public void AdamStepRows(
        IndexBuffer rows, DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer firstMoment, DeviceBuffer secondMoment,
        in AdamConstants step)
    {
        int width = gradient.Length / rows.Length, count = KernelIndices.CheckRows(Indices(rows).Host, weights.Length / width);
        adamStepRows.RunFor(count * width, new()
        {
            Rows = Indices(rows).View,
            Width = width,
            Elements = count * width,
            Step = new(View(weights), View(gradient), View(firstMoment), View(secondMoment), in step),
        });
    }

    private static void AdamStep(AdamArguments a)
    {
        if (DeviceThread.Number < a.Weights.IntLength)
            a.Step(DeviceThread.Number, DeviceThread.Number);
    }

    private static void AdamStepRows(RowsArguments<AdamArguments> a)
    {
        if (DeviceThread.Number < a.Elements)
            a.Step.Step((a.Rows[DeviceThread.Number / a.Width] * a.Width) + (DeviceThread.Number % a.Width), DeviceThread.Number);
    }

    /// <summary>A step of an optimizer for some rows of a table.</summary>
    private struct RowsArguments<TStep>
        where TStep : struct
    {
        public ArrayView<int> Rows;
        public TStep Step;
        public int Width, Elements;
    }

    internal readonly struct AdamArguments(
        ArrayView<float> weights, ArrayView<float> gradient, ArrayView<float> firstMoment, ArrayView<float> secondMoment, in AdamConstants step)
    {
        public readonly ArrayView<float> Weights = weights;
        private readonly ArrayView<float> gradient = gradient, firstMoment = firstMoment, secondMoment = secondMoment;
        private readonly float beta1 = (float)step.Beta1, beta2 = (float)step.Beta2;
        private readonly float rest1 = (float)(1 - step.Beta1), rest2 = (float)(1 - step.Beta2);
        private readonly float rate = (float)(step.LearningRate / (1 - Math.Pow(step.Beta1, step.Step)));
        private readonly float correction2 = (float)(1 / (1 - Math.Pow(step.Beta2, step.Step)));
        private readonly float epsilon = (float)step.Epsilon;
        private readonly float coupledDecay = (float)(step.Decoupled ? 0 : step.WeightDecay);
        private readonly float decoupledFactor = (float)(step.Decoupled ? 1 - (step.LearningRate * step.WeightDecay) : 1);

        /// <summary>Updates an element of the weights with one of the gradient.</summary>
        public void Step(int i, int from)
        {
            float w = Weights[i], g = gradient[from] + (coupledDecay * w);
            float m = (beta1 * firstMoment[i]) + (rest1 * g), v = (beta2 * secondMoment[i]) + (rest2 * g * g);
            firstMoment[i] = m;
            secondMoment[i] = v;
            Weights[i] = (w * decoupledFactor) - (rate * m / (DeviceMath.Root(v * correction2) + epsilon));
        }
    }
}
