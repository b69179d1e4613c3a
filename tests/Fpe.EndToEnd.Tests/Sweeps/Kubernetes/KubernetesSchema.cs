using System.Runtime.CompilerServices;
using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests.Sweeps.Kubernetes;

/// <summary>The schema of Kubernetes' objects, in a process of Node.js (<c>check.mjs</c>).</summary>
internal static class KubernetesSchema
{
    private static readonly string Folder = Path.GetDirectoryName(ThisFile())!;

    /// <summary>Why its tests are skipped; null if it is installed.</summary>
    public static string? Missing { get; } = NodePackage.FindMissing("The schema of Kubernetes", "kubernetes-models", Folder, "tests/Fpe.EndToEnd.Tests/Sweeps/Kubernetes");

    /// <summary>Checks the manifest of a Job, and returns what the schema does not allow; empty if it is valid.</summary>
    public static string Check(string manifest)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["job.yaml"], manifest);
        CommandResult result = Command.Run("node", [Path.Combine(Folder, "check.mjs"), folder["job.yaml"]]);
        Assert.Equal(result.ExitCode != 0, result.Error.Length > 0);
        return result.Error;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
