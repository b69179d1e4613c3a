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
        string[] Alone(int seeds) => ["--seeds", seeds.ToString(CultureInfo.InvariantCulture), "--epochs", "60", "--threads", "2"];
        string[] Saved(int seeds) =>
            [.. Alone(seeds), "--checkpoint", folder[string.Create(CultureInfo.InvariantCulture, $"runs-{seeds}")], "--json", folder["resumed.json"]];

        // How far a study gets before the signal arrives is up to the machine: one that has ended by then is done with more seeds.
        int seeds = 4;
        CommandResult interrupted = Interrupt(signal, Saved(seeds));
        while (interrupted.ExitCode == 0 && seeds < 1024)
        {
            seeds *= 4;
            File.Delete(folder["resumed.json"]);
            interrupted = Interrupt(signal, Saved(seeds));
        }

        Assert.Equal(exitCode, interrupted.ExitCode);
        Assert.False(File.Exists(folder["resumed.json"]));

        CommandResult again = StudyProgram.Digits.Run(Saved(seeds));
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("belongs to an earlier run; resume it, or use another folder.", Assert.Single(again.ErrorLines), StringComparison.Ordinal);

        Assert.Equal(0, StudyProgram.Digits.Run([.. Saved(seeds), "--resume", "--quiet"]).ExitCode);
        Assert.Equal(0, StudyProgram.Digits.Run([.. Alone(seeds), "--quiet", "--json", folder["alone.json"]]).ExitCode);
        Assert.Equal(WithoutTimes(folder["alone.json"]), WithoutTimes(folder["resumed.json"]));
    }

    /// <summary>Runs the study of Digits, and sends it a signal once its first run has ended.</summary>
    private static CommandResult Interrupt(string signal, string[] options)
    {
        using var oneRunEnded = new ManualResetEventSlim();
        void OnProgress(string line)
        {
            if (line.StartsWith("run 1 of ", StringComparison.Ordinal))
                oneRunEnded.Set();
        }

        using Command study = StudyProgram.Digits.StartInterruptible(OnProgress, options);
        Assert.True(oneRunEnded.Wait(TimeSpan.FromMinutes(1)));
        Command.Run("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {study.Id}")]);
        return study.Wait();
    }

    private static IEnumerable<string> WithoutTimes(string file) =>
        File.ReadLines(file).Where(line => !line.Contains("\"seconds\"", StringComparison.Ordinal));
}
