using System.Runtime.CompilerServices;
using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests.Sweeps.Kubernetes;

/// <summary>The schema of Kubernetes' objects, in a process of Node.js (<c>check.mjs</c>).</summary>
internal static class KubernetesSchema
{
    private static readonly string Folder = Path.GetDirectoryName(ThisFile())!;

    /// <summary>Why it cannot be used; null where it can.</summary>
    public static string? Missing { get; } = FindMissing();

    /// <summary>Checks the manifest of a Job, and returns what the schema does not allow; empty if it is valid.</summary>
    public static string Check(string manifest)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["job.yaml"], manifest);
        CommandResult result = Command.Run("node", [Path.Combine(Folder, "check.mjs"), folder["job.yaml"]]);
        Assert.Equal(result.ExitCode != 0, result.Error.Length > 0);
        return result.Error;
    }

    private static string? FindMissing()
    {
        string[] folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "node"))))
            return "The schema of Kubernetes needs Node.js, which is not installed.";
        return Directory.Exists(Path.Combine(Folder, "node_modules", "kubernetes-models"))
            ? null
            : "The schema of Kubernetes is not installed; get it with: npm ci --ignore-scripts --prefix tests/Fpe.EndToEnd.Tests/Sweeps/Kubernetes";
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
