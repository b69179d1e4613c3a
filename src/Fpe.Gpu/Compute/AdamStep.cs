using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

internal sealed partial class GpuKernels
{
    private readonly Kernel<AdamStepsArguments> adamSteps = new(device, AdamSteps);
    private readonly Kernel<AdamRowsArguments> adamStepRows = new(device, AdamStepRows);

    public void AdamStep(
        DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer firstMoment, DeviceBuffer secondMoment, in AdamConstants step) =>
        AdamSteps([new ParameterUpdate(weights, gradient, [firstMoment, secondMoment], Decays: true)], in step);

    public void AdamSteps(ReadOnlySpan<ParameterUpdate> parameters, in AdamConstants step)
    {
        for (; !parameters.IsEmpty; parameters = parameters[Math.Min(parameters.Length, Slots<AdamSlot>.Most)..])
        {
            var slots = new Slots<AdamSlot>();
            foreach (ref readonly ParameterUpdate own in parameters[..Math.Min(parameters.Length, Slots<AdamSlot>.Most)])
            {
                var slot = new AdamSlot(own.Weights, own.Gradient, own.State[0], own.State[1], own.Decays);
                slots.Add(slot, Groups(own.Weights.Length, Kernel<AdamStepsArguments>.Threads));
            }

            adamSteps.RunGroups(slots.GroupCount, new() { Slots = slots, Numbers = new(in step) });
        }
    }

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
            Slot = new(weights, gradient, firstMoment, secondMoment, decays: true),
            Numbers = new(in step),
        });
    }

    private static void AdamSteps(AdamStepsArguments a)
    {
        Slot<AdamSlot> slot = a.Slots.Of(Grid.IdxX);
        if (slot.Thread < slot.Value.Weights.IntLength)
            slot.Value.Step(slot.Thread, slot.Thread, a.Numbers);
    }

    private static void AdamStepRows(AdamRowsArguments a)
    {
        if (DeviceThread.Number < a.Elements)
            a.Slot.Step((a.Rows[DeviceThread.Number / a.Width] * a.Width) + (DeviceThread.Number % a.Width), DeviceThread.Number, a.Numbers);
    }

    private struct AdamStepsArguments
    {
        public Slots<AdamSlot> Slots;
        public AdamNumbers Numbers;
    }

    private struct AdamRowsArguments
    {
        public ArrayView<int> Rows;
        public AdamSlot Slot;
        public AdamNumbers Numbers;
        public int Width, Elements;
    }

    /// <summary>The constants of a step.</summary>
    internal readonly struct AdamNumbers(in AdamConstants step)
    {
        public readonly float Beta1 = (float)step.Beta1, Beta2 = (float)step.Beta2;
        public readonly float Rest1 = (float)(1 - step.Beta1), Rest2 = (float)(1 - step.Beta2);
        public readonly float Rate = (float)(step.LearningRate / (1 - Math.Pow(step.Beta1, step.Step)));
        public readonly float Correction2 = (float)(1 / (1 - Math.Pow(step.Beta2, step.Step)));
        public readonly float Epsilon = (float)step.Epsilon;
        public readonly float CoupledDecay = (float)(step.Decoupled ? 0 : step.WeightDecay);
        public readonly float DecoupledFactor = (float)(step.Decoupled ? 1 - (step.LearningRate * step.WeightDecay) : 1);
    }

    /// <summary>A parameter with its moments.</summary>
    internal readonly struct AdamSlot(DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer firstMoment, DeviceBuffer secondMoment, bool decays)
    {
        public readonly ArrayView<float> Weights = View(weights);
        private readonly ArrayView<float> gradient = View(gradient), firstMoment = View(firstMoment), secondMoment = View(secondMoment);
        private readonly int decays = decays ? 1 : 0;

        /// <summary>Updates an element of the weights with one of the gradient.</summary>
        public void Step(int i, int from, AdamNumbers a)
        {
            float w = Weights[i], g = gradient[from] + ((decays != 0 ? a.CoupledDecay : 0f) * w);
            float m = (a.Beta1 * firstMoment[i]) + (a.Rest1 * g), v = (a.Beta2 * secondMoment[i]) + (a.Rest2 * g * g);
            firstMoment[i] = m;
            secondMoment[i] = v;
            Weights[i] = (w * (decays != 0 ? a.DecoupledFactor : 1f)) - (a.Rate * m / (DeviceMath.Root(v * a.Correction2) + a.Epsilon));
        }
    }
}
