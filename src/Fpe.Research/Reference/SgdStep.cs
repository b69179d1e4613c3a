using Fpe.Compute;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void SgdStep(DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer? velocity, in SgdConstants step) =>
        PlainSgd<T>.Step(Values(weights), Values(gradient), velocity is null ? default : Values(velocity), in step);

    public void SgdStepRows(
        IndexBuffer rows, DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer? velocity, in SgdConstants step)
    {
        int width = gradient.Length / rows.Length;
        int count = KernelIndices.CheckRows(Values(rows), weights.Length / width);
        for (int r = 0; r < count; r++)
        {
            int row = Values(rows)[r];
            PlainSgd<T>.Step(
                Row(weights, row, width), Row(gradient, r, width), velocity is null ? default : Row(velocity, row, width), in step);
        }
    }
}
