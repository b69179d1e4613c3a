using Fpe.Compute;
using Fpe.Compute.Cpu;

namespace Fpe.Runtime.Tests.Training;

/// <summary>A processor that remembers which memory was allocated, to find out what was not freed.</summary>
internal sealed class RecordingDevice : Device
{
    private readonly CpuDevice cpu = new(threads: 1);

    public override string Name => cpu.Name;

    public override ElementType ElementType => cpu.ElementType;

    public override IKernels Kernels => cpu.Kernels;

    /// <summary>The lengths of all buffers so far.</summary>
    public IEnumerable<int> Lengths => Allocated.OfType<DeviceBuffer>().Select(buffer => buffer.Length);

    /// <summary>All buffers, indices and activations so far.</summary>
    public List<DeviceMemory> Allocated { get; } = [];

    /// <summary>Those that were not freed.</summary>
    public IEnumerable<DeviceMemory> Live => Allocated.Where(IsLive);

    public override DeviceBuffer Allocate(int length) => Record(cpu.Allocate(length));

    public override IndexBuffer AllocateIndices(int length) => Record(cpu.AllocateIndices(length));

    public override Activations AllocateActivations(int features, int capacity) => Record(cpu.AllocateActivations(features, capacity));

    public override DeviceEdges Prepare(EdgeLayout layout) => cpu.Prepare(layout);

    public override DeviceEdges PrepareFilters(EdgeLayout layout) => cpu.PrepareFilters(layout);

    private T Record<T>(T memory)
        where T : DeviceMemory
    {
        Allocated.Add(memory);
        return memory;
    }

    /// <summary>Memory that was freed cannot be read.</summary>
    private static bool IsLive(DeviceMemory memory)
    {
        try
        {
            switch (memory)
            {
                case DeviceBuffer buffer:
                    buffer.Read(new double[1]);
                    break;
                case IndexBuffer indices:
                    indices.Read(new int[1]);
                    break;
                case Activations activations:
                    activations.Read(new double[activations.Features], 1);
                    break;
            }

            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }
}
