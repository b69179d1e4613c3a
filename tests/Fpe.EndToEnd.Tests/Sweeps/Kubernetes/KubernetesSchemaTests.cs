using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests.Sweeps.Kubernetes;

public sealed class KubernetesSchemaTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>The manifest is valid, and is not once a line of it is changed.</summary>
    /// <param name="line">What is replaced.</param>
    /// <param name="other">By what.</param>
    /// <param name="problem">A part of the message.</param>
    [KubernetesSchemaTheory]
    [InlineData("completionMode: Indexed", "completionMode: Ordered", "completionMode")]
    [InlineData("completions: 3", "completions: three", "completions")]
    [InlineData("- name: worker", "- label: worker", "name")]
    [InlineData("restartPolicy: Never", "restartPolicy: Sometimes", "restartPolicy")]
    [InlineData("action: Ignore", "action: Forget", "action")]
    [InlineData("memory: ", "memory: 1 x ", "memory")]
    [InlineData("mountPath: ", "path: ", "mountPath")]
    public void The_manifest_is_valid(string line, string other, string problem)
    {
        CommandResult printed = StudyProgram.Paper.Run("boolean", "--quick", "--seeds", "2", "--results", folder["results"], "--print-kubernetes", "3");
        Assert.Equal((0, ""), (printed.ExitCode, printed.Error));
        Assert.Equal("", KubernetesSchema.Check(printed.Output));
        Assert.Contains(line, printed.Output, StringComparison.Ordinal);
        Assert.Contains(problem, KubernetesSchema.Check(printed.Output.Replace(line, other, StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
