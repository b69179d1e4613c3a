using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests.Ranks;

/// <summary>A theory that is skipped, with the reason, where two network namespaces cannot be joined, which takes root and a kernel with both.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TwoHostsTheoryAttribute : TheoryAttribute
{
    private static readonly Lazy<string?> Refusal = new(() =>
    {
        if (!OperatingSystem.IsLinux())
            return "network namespaces are Linux's";
        CommandResult probe = Command.Run("sh", ["-c", "ip netns add fpe-probe-$$ && ip -n fpe-probe-$$ tuntap add dev fpe-probe mode tap; status=$?; ip netns del fpe-probe-$$; exit $status"]);
        return probe.ExitCode == 0 ? null : $"network namespaces with virtual devices are not possible: {probe.Error.Trim()}";
    });

    public TwoHostsTheoryAttribute() => Skip = MpiRun.Missing ?? Refusal.Value;
}
