using Fpe.Compute.Cpu;

namespace Fpe.Compute;

// Not next to the contract, which must not depend on any device that implements it.
public abstract partial class Device
{
    /// <summary>The default device of models: the CPU.</summary>
    public static Device Default => CpuDevice.Instance;
}
