using Fpe.Cli.Clusters;

namespace Fpe.Cli.Tests.Clusters;

public class ProgramCallTests
{
    [Theory]
    [InlineData("boolean --shard 1/2 --seeds 3", "boolean --seeds 3")]
    [InlineData("boolean --shard=1/2 --seeds 3", "boolean --seeds 3")]
    [InlineData("boolean --shard:1/2 --sharding 3", "boolean --sharding 3")]
    [InlineData("--seeds 3 --shard 1/2", "--seeds 3")]
    [InlineData("--seeds 3", "--seeds 3")]
    public void An_option_is_removed_with_its_value(string arguments, string expected) =>
        Assert.Equal(expected.Split(' '), new ProgramCall(["Paper"], arguments.Split(' ')).Without("--shard").Arguments);

    [Fact]
    public void A_shell_reads_every_argument_as_it_was()
    {
        var call = new ProgramCall(["/a folder/Paper"], ["--results", "it's $HOME", ""]);
        Assert.Equal("'/a folder/Paper' --results 'it'\\''s $HOME' ''", call.ToString());
        Assert.Equal(["--results", "b"], call.Without("", "--results").With("--results", "b").Arguments);
    }

    [Theory]
    [InlineData("Paper", "fpe-paper")]
    [InlineData("My study, 2nd", "fpe-my-study--2nd")]
    [InlineData("…", "fpe")]
    public void A_job_has_a_name_that_clusters_accept(string program, string expected) => Assert.Equal(expected, JobName.Of(program));
}
