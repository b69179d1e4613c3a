using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests;

/// <summary>A program that trains and predicts, compiled ahead of time.</summary>
public class NativeAotTests
{
    private static readonly string[] Options = ["--seeds", "1", "--epochs", "3", "--quiet", "--json"];

    [NativeAotFact]
    public void A_native_program_is_published_without_a_warning_and_gives_the_same_results()
    {
        using var folder = new TemporaryFolder();
        string sample = Path.Combine(DotNet.Repository, "samples", "Digits");
        CommandResult published = Command.Run(
            DotNet.Host,
            ["publish", sample, "-c", "Release", "-r", RuntimePack.Target, "-p:Native=true", "-o", folder["program"], "--artifacts-path", folder["artifacts"], "-nologo", "-warnaserror"],
            DotNet.Alone);
        Assert.True(published.ExitCode == 0, published.ToString());
        Assert.DoesNotContain("warning", published.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Directory.GetFiles(folder["program"], "*.dll"));

        Assert.Equal(new CommandResult(0, "", ""), StudyProgram.Digits.Run([.. Options, folder["jit.json"]]));
        Assert.Equal(new CommandResult(0, "", ""), Command.Run(Path.Combine(folder["program"], "Digits"), [.. Options, folder["native.json"]]));
        Assert.Equal(WithoutTimes(folder["jit.json"]), WithoutTimes(folder["native.json"]));
    }

    private static string WithoutTimes(string file) =>
        string.Join('\n', File.ReadLines(file).Where(line => !line.Contains("\"seconds\"", StringComparison.Ordinal)));
}
