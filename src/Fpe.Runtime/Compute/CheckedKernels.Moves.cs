namespace Fpe.Compute;

/// <content>Moves of values within a buffer, and sums of buffers.</content>
internal sealed partial class CheckedKernels
{
    public void MoveValues(IndexBuffer from, IndexBuffer to, DeviceBuffer values)
    {
        arguments.Check(from, 0);
        arguments.Check(to, from.Length);
        arguments.Check(values);
        KernelArguments.CheckDistinct(from, to);
        if (to.Length > from.Length)
            throw new ArgumentException($"{from.Length} values do not move to {to.Length} elements.", nameof(to));
        kernels.MoveValues(from, to, values);
        KeepAlive(from, to, values);
    }

    public void AddAll(ReadOnlySpan<DeviceBuffer> terms, DeviceBuffer y)
    {
        arguments.Check(y);
        foreach (DeviceBuffer x in terms)
        {
            arguments.Check(x, y.Length);
            KernelArguments.CheckDistinct(x, y);
        }

        kernels.AddAll(terms, y);
        KeepAlive(terms);
        KeepAlive(y);
    }
}
