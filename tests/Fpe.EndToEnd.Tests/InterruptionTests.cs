using System.Globalization;
using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests;

public class InterruptionTests
{
    [Fact]
    public void Ctrl_C_shows_what_was_finished_and_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        using var twoRunsEnded = new ManualResetEventSlim();
        void OnProgress(string line)
        {
            if (line.StartsWith("run 2 of 2000", StringComparison.Ordinal))
                twoRunsEnded.Set();
        }

        using Command study = StudyProgram.Digits.StartInterruptible(OnProgress, "--seeds", "1000", "--threads", "2", "--json", folder["runs.json"]);
        Assert.True(twoRunsEnded.Wait(TimeSpan.FromMinutes(1)));
        Command.Run("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -INT {study.Id}")]);
        CommandResult result = study.Wait();

        Assert.Equal(130, result.ExitCode);
        Assert.Contains("INCOMPLETE", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^dense +\d+ +296 ", result.Output);
        Assert.Contains("no conclusion is drawn", result.Output, StringComparison.Ordinal);
        Assert.Empty(folder.Content);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_saves_what_is_under_way_and_it_can_be_resumed(string signal, int exitCode)
    {
        using var folder = new TemporaryFolder();
        using var oneRunEnded = new ManualResetEventSlim();
        void OnProgress(string line)
        {
            if (line.StartsWith("run 1 of 4", StringComparison.Ordinal))
                oneRunEnded.Set();
        }

        string[] options = ["--seeds", "2", "--epochs", "60", "--threads", "2"];
        Assert.Equal(0, StudyProgram.Digits.Run([.. options, "--quiet", "--json", folder["alone.json"]]).ExitCode);

        string[] saved = [.. options, "--checkpoint", folder["runs"], "--json", folder["resumed.json"]];
        using Command study = StudyProgram.Digits.StartInterruptible(OnProgress, saved);
        Assert.True(oneRunEnded.Wait(TimeSpan.FromMinutes(1)));
        Command.Run("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {study.Id}")]);
        Assert.Equal(exitCode, study.Wait().ExitCode);
        Assert.False(File.Exists(folder["resumed.json"]));

        CommandResult again = StudyProgram.Digits.Run(saved);
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("is of an earlier run; resume it, or name another folder.", Assert.Single(again.ErrorLines), StringComparison.Ordinal);

        Assert.Equal(0, StudyProgram.Digits.Run([.. saved, "--resume", "--quiet"]).ExitCode);
        Assert.Equal(WithoutTimes(folder["alone.json"]), WithoutTimes(folder["resumed.json"]));
    }

    private static IEnumerable<string> WithoutTimes(string file) =>
        File.ReadLines(file).Where(line => !line.Contains("\"seconds\"", StringComparison.Ordinal));
}
