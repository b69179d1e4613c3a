namespace Fpe.Compute.Cpu;

/// <summary>A use of <see cref="AlignedMemory"/> that lasts until it is disposed, once.</summary>
internal readonly ref struct MemoryLease
{
    private readonly AlignedMemory memory;

    /// <exception cref="ObjectDisposedException">The memory was freed.</exception>
    public MemoryLease(AlignedMemory memory)
    {
        bool isTaken = false;
        memory.DangerousAddRef(ref isTaken);
        this.memory = memory;
    }

    public void Dispose() => memory.DangerousRelease();
}
