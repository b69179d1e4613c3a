using static System.FormattableString;

namespace Fpe.Gpu;

/// <summary>A device that the system offers to <c>Fpe.Gpu</c>.</summary>
/// <param name="Number">
/// Its number after the colon in <c>gpu:1</c>. GPUs are numbered from 0; processors that compute as if they were GPUs follow, from 1 at
/// least, so that number 0 is never a processor.
/// </param>
/// <param name="Name">Its name, as the driver shows it.</param>
/// <param name="Driver">What it is reached through: <c>CUDA</c>, or OpenCL with the name of the platform.</param>
/// <param name="Memory">The size of its memory, in bytes.</param>
/// <param name="IsProcessor">Whether it is a processor, which is only good for tests.</param>
public sealed record GpuInfo(int Number, string Name, string Driver, long Memory, bool IsProcessor)
{
    /// <summary>Gets the name on the command line: <c>gpu</c> for the first, <c>gpu:1</c> for the second, and so on.</summary>
    public string Id => Number == 0 ? "gpu" : Invariant($"gpu:{Number}");

    /// <summary>Returns a line for a list of devices.</summary>
    public override string ToString() =>
        Invariant($"{Id}: {Name} ({Driver}, {Memory / 1073741824.0:0.0} GiB{(IsProcessor ? ", a processor: for tests only" : "")})");
}
