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
}
