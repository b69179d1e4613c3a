using Fpe.EndToEnd.Tests.Support;
using Samples.Digits;

namespace Fpe.EndToEnd.Tests;

public class DigitsTests
{
    private const long Weights = 296;

    [Fact]
    public void The_default_run_shows_that_the_expanded_model_is_better_at_the_same_number_of_weights()
    {
        using var folder = new TemporaryFolder();
        CommandResult result = StudyProgram.Digits.Run("--json", folder["runs.json"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("its dense parent with 296 weights each: +", result.Output, StringComparison.Ordinal);
        ILookup<bool, double> accuracies = Run.ReadAll(folder["runs.json"]).ToLookup(run => run.IsDense, run => run["testAccuracy"].GetDouble());
        double dense = accuracies[true].Average();
        double expanded = accuracies[false].Average();
        Assert.True(expanded >= 0.90 && expanded >= dense + 0.05, $"dense {dense}, expanded {expanded}");
    }

    [Fact]
    public void Constants_summary_and_trained_model_have_the_same_number_of_weights()
    {
        using var folder = new TemporaryFolder();
        CommandResult result = StudyProgram.Digits.Run("--seeds", "1", "--epochs", "2", "--json", folder["runs.json"]);

        Assert.Equal((Weights, Weights), (DigitsNet.DenseWeights, DigitsNet.ExpandedWeights));
        Assert.All(Run.ReadAll(folder["runs.json"]), run => Assert.Equal(Weights, run["denseWeights"].GetInt64()));
        Assert.All(Run.ReadAll(folder["runs.json"]), run => Assert.Equal(Weights, run["weights"].GetInt64()));
        Assert.Matches(@"(?m)^total +64 → 10 +296 +416 +296 +120 +26 +296$", result.Output);
    }

    [Theory]
    [InlineData("--factor", "2")]
    [InlineData("--hidden", "8")]
    [InlineData("--hidden", "16", "--factor", "2")]
    [InlineData("--hidden", "32")]
    [InlineData("--hidden", "32", "--share", "8", "--outgoing", "deal")]
    [InlineData("--strategy", "CLAUSE")]
    [InlineData("--strategy", "feature", "--expand-after", "1")]
    public void Every_model_can_be_chosen_and_keeps_its_weights(params string[] choice)
    {
        using var folder = new TemporaryFolder();
        CommandResult result = StudyProgram.Digits.Run([.. choice, "--seeds", "1", "--epochs", "2", "--quiet", "--json", folder["runs.json"]]);

        Assert.Equal(new CommandResult(0, "", ""), result);
        Run expanded = Assert.Single(Run.ReadAll(folder["runs.json"]), run => !run.IsDense);
        Assert.Equal(expanded["denseWeights"].GetInt64(), expanded["weights"].GetInt64());
        foreach (string[] option in choice.Chunk(2).Where(option => option[0] is "--factor" or "--strategy" or "--share" or "--outgoing"))
            Assert.Equal(option[1].ToLowerInvariant(), expanded[option[0][2..]].ToString());
    }

    [Fact]
    public void A_model_that_does_not_exist_is_an_error_that_lists_those_that_do()
    {
        CommandResult result = StudyProgram.Digits.Run("--hidden", "8", "--strategy", "clause");
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("Digits: Digits has no model with --hidden 8 --strategy clause; it has: 4 × 4 random; ", result.Error.TrimStart(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_seed_is_no_evidence()
    {
        CommandResult result = StudyProgram.Digits.Run("--seeds", "1", "--epochs", "1");
        Assert.Contains("a single seed does not show the variation between seeds", result.Output, StringComparison.Ordinal);
    }
}
