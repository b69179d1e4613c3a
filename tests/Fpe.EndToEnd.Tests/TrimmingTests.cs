using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests;

public class TrimmingTests
{
    private static readonly string[] Options = ["--seeds", "2", "--epochs", "3", "--expand-after", "1", "--quiet", "--json"];

    [PublishFact]
    public void A_trimmed_program_is_published_without_a_warning_and_gives_the_same_results()
    {
        using var folder = new TemporaryFolder();
        string sample = Path.Combine(DotNet.Repository, "samples", "Digits");
        CommandResult published = Command.Run(
            DotNet.Host,
            ["publish", sample, "-c", "Release", "-r", RuntimePack.Target, "-o", folder["program"], "--artifacts-path", folder["artifacts"], "-nologo", "-warnaserror"],
            DotNet.Alone);
        Assert.True(published.ExitCode == 0, published.ToString());
        Assert.DoesNotContain("warning", published.Output, StringComparison.OrdinalIgnoreCase);

        string[] libraries = Directory.GetFiles(folder["program"], "System.*.dll");
        Assert.InRange(libraries.Length, 1, 40); // .NET has some 150 of them

        Assert.Equal(new CommandResult(0, "", ""), StudyProgram.Digits.Run([.. Options, folder["whole.json"]]));
        Assert.Equal(new CommandResult(0, "", ""), Command.Run(Path.Combine(folder["program"], "Digits"), [.. Options, folder["trimmed.json"]]));
        Assert.Equal(WithoutTimes(folder["whole.json"]), WithoutTimes(folder["trimmed.json"]));
    }

    private static string WithoutTimes(string file) =>
        string.Join('\n', File.ReadLines(file).Where(line => !line.Contains("\"seconds\"", StringComparison.Ordinal)));
}
