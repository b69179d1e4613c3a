using Fpe.Compute.Cpu;

namespace Fpe.Compute;

// Here rather than beside the contract, which knows none of the devices that implement it.
public abstract partial class Device
{
    /// <summary>Where models live unless another device is named: the processor.</summary>
    public static Device Default => CpuDevice.Instance;
}
