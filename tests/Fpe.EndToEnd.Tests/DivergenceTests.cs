using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests;

public class DivergenceTests
{
    [Fact]
    public void A_diverged_seed_is_reported_and_the_others_go_on()
    {
        using var folder = new TemporaryFolder();
        CommandResult result = StudyProgram.PoisonedSeed.Run("--seeds", "4", "--epochs", "3", "--json", folder["runs.json"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("2 of 8 runs diverged and are not included.", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^PoisonedSeed: seed 1, dense: .*epoch 1, step 1", result.Error);
        Assert.Matches(@"(?m)^PoisonedSeed: seed 1, × 2 random: .*epoch 1, step 1", result.Error);
        Assert.Equal([0, 0, 2, 2, 3, 3], Run.ReadAll(folder["runs.json"]).Select(run => run["seed"].GetInt64()));
    }

    [Fact]
    public void Quiet_still_reports_a_diverged_seed()
    {
        CommandResult result = StudyProgram.PoisonedSeed.Run("--seeds", "2", "--epochs", "1", "--quiet");

        Assert.Equal((1, "", 2), (result.ExitCode, result.Output, result.ErrorLines.Length));
    }
}
