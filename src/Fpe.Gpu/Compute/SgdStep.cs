using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

internal sealed partial class GpuKernels
{
    private readonly Kernel<SgdArguments> sgdStep = new(device, SgdStep);
    private readonly Kernel<RowsArguments<SgdArguments>> sgdStepRows = new(device, SgdStepRows);

    public void SgdStep(DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer? velocity, in SgdConstants step) =>
        sgdStep.RunFor(weights.Length, Sgd(weights, gradient, velocity, in step));

    public void SgdStepRows(
        IndexBuffer rows, DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer? velocity, in SgdConstants step)
    {
        int width = gradient.Length / rows.Length, count = KernelIndices.CheckRows(Indices(rows).Host, weights.Length / width);
        sgdStepRows.RunFor(count * width, new()
        {
            Rows = Indices(rows).View,
            Width = width,
            Elements = count * width,
            Step = Sgd(weights, gradient, velocity, in step),
        });
    }

    private static SgdArguments Sgd(DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer? velocity, in SgdConstants step) => new()
    {
        Weights = View(weights),
        Gradient = View(gradient),
        Velocity = View(velocity ?? weights),
        Rate = (float)step.LearningRate,
        Momentum = (float)step.Momentum,
        Decay = (float)step.WeightDecay,
        HasVelocity = velocity is null ? 0 : 1,
        IsNesterov = step.Nesterov ? 1 : 0,
    };

    private static void SgdStep(SgdArguments a)
    {
        if (DeviceThread.Number < a.Weights.IntLength)
            a.Step(DeviceThread.Number, DeviceThread.Number);
    }

    private static void SgdStepRows(RowsArguments<SgdArguments> a)
    {
        if (DeviceThread.Number < a.Elements)
            a.Step.Step((a.Rows[DeviceThread.Number / a.Width] * a.Width) + (DeviceThread.Number % a.Width), DeviceThread.Number);
    }

    internal struct SgdArguments
    {
        public ArrayView<float> Weights, Gradient, Velocity;
        public float Rate, Momentum, Decay;
        public int HasVelocity, IsNesterov;

        /// <summary>Updates an element of the weights with one of the gradient.</summary>
        public readonly void Step(int i, int from)
        {
            float g = Gradient[from] + (Decay * Weights[i]);
            if (HasVelocity != 0)
            {
                float v = (Momentum * Velocity[i]) + g;
                Velocity[i] = v;
                g = IsNesterov != 0 ? g + (Momentum * v) : v;
            }

            Weights[i] -= Rate * g;
        }
    }
}
