namespace Fpe.Runtime.Tests.Files;

/// <summary>A test of what only Linux has, or lets anybody make.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : Reason;

    /// <summary>Why such tests are skipped elsewhere.</summary>
    internal static string Reason => "Links, pipes and owners are those of Linux.";
}
