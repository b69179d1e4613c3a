using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

internal sealed partial class GpuKernels
{
    private readonly Kernel<SgdStepsArguments> sgdSteps = new(device, SgdSteps);
    private readonly Kernel<SgdRowsArguments> sgdStepRows = new(device, SgdStepRows);

    public void SgdStep(DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer? velocity, in SgdConstants step) =>
        SgdSteps([new ParameterUpdate(weights, gradient, velocity is null ? [] : [velocity], Decays: true)], in step);

    public void SgdSteps(ReadOnlySpan<ParameterUpdate> parameters, in SgdConstants step)
    {
        for (; !parameters.IsEmpty; parameters = parameters[Math.Min(parameters.Length, Slots<SgdSlot>.Most)..])
        {
            var slots = new Slots<SgdSlot>();
            foreach (ref readonly ParameterUpdate own in parameters[..Math.Min(parameters.Length, Slots<SgdSlot>.Most)])
            {
                var slot = new SgdSlot(own.Weights, own.Gradient, own.State.Length == 0 ? null : own.State[0], own.Decays);
                slots.Add(slot, Groups(own.Weights.Length, Kernel<SgdStepsArguments>.Threads));
            }

            sgdSteps.RunGroups(slots.GroupCount, new() { Slots = slots, Numbers = new(in step) });
        }
    }

    public void SgdStepRows(
        IndexBuffer rows, DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer? velocity, in SgdConstants step)
    {
        int width = gradient.Length / rows.Length, count = KernelIndices.CheckRows(Indices(rows).Host, weights.Length / width);
        sgdStepRows.RunFor(count * width, new()
        {
            Rows = Indices(rows).View,
            Width = width,
            Elements = count * width,
            Slot = new(weights, gradient, velocity, decays: true),
            Numbers = new(in step),
        });
    }

    private static void SgdSteps(SgdStepsArguments a)
    {
        Slot<SgdSlot> slot = a.Slots.Of(Grid.IdxX);
        if (slot.Thread < slot.Value.Weights.IntLength)
            slot.Value.Step(slot.Thread, slot.Thread, a.Numbers);
    }

    private static void SgdStepRows(SgdRowsArguments a)
    {
        if (DeviceThread.Number < a.Elements)
            a.Slot.Step((a.Rows[DeviceThread.Number / a.Width] * a.Width) + (DeviceThread.Number % a.Width), DeviceThread.Number, a.Numbers);
    }

    private struct SgdStepsArguments
    {
        public Slots<SgdSlot> Slots;
        public SgdNumbers Numbers;
    }

    private struct SgdRowsArguments
    {
        public ArrayView<int> Rows;
        public SgdSlot Slot;
        public SgdNumbers Numbers;
        public int Width, Elements;
    }

    /// <summary>The constants of a step.</summary>
    internal readonly struct SgdNumbers(in SgdConstants step)
    {
        public readonly float Rate = (float)step.LearningRate, Momentum = (float)step.Momentum, Decay = (float)step.WeightDecay;
        public readonly int IsNesterov = step.Nesterov ? 1 : 0;
    }

    /// <summary>A parameter, and its velocity if it has one.</summary>
    internal readonly struct SgdSlot(DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer? velocity, bool decays)
    {
        public readonly ArrayView<float> Weights = View(weights);
        private readonly ArrayView<float> gradient = View(gradient), velocity = View(velocity ?? weights);
        private readonly int hasVelocity = velocity is null ? 0 : 1, decays = decays ? 1 : 0;

        /// <summary>Updates an element of the weights with one of the gradient.</summary>
        public void Step(int i, int from, SgdNumbers a)
        {
            float g = gradient[from] + ((decays != 0 ? a.Decay : 0f) * Weights[i]);
            if (hasVelocity != 0)
            {
                float v = (a.Momentum * velocity[i]) + g;
                velocity[i] = v;
                g = a.IsNesterov != 0 ? g + (a.Momentum * v) : v;
            }

            Weights[i] -= a.Rate * g;
        }
    }
}
