using Fpe.Compute;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void AdamStep(
        DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer firstMoment, DeviceBuffer secondMoment, in AdamConstants step) =>
        PlainAdam<T>.Step(Values(weights), Values(gradient), Values(firstMoment), Values(secondMoment), in step);

    public void AdamStepRows(
        IndexBuffer rows, DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer firstMoment, DeviceBuffer secondMoment,
        in AdamConstants step)
    {
        int width = gradient.Length / rows.Length;
        int count = KernelIndices.CheckRows(Values(rows), weights.Length / width);
        for (int r = 0; r < count; r++)
        {
            int row = Values(rows)[r];
            PlainAdam<T>.Step(
                Row(weights, row, width), Row(gradient, r, width), Row(firstMoment, row, width), Row(secondMoment, row, width), in step);
        }
    }
}
