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
    [InlineData("/bin/Paper", "Paper")]
    [InlineData("/bin/Paper.dll", "Paper")]
    [InlineData("/bin/Paper.EXE", "Paper")]
    [InlineData("/bin/My.Study", "My.Study")]
    [InlineData("/bin/My.Study.dll", "My.Study")]
    public void A_program_can_have_dots_in_its_name(string path, string expected)
    {
        Assert.Equal(expected, ProgramCall.NameOf(path));
        Assert.Equal(["dotnet", $"/app/{expected}.dll"], ContainerFile.Command(new ProgramCall([path], [])));
    }

    [Theory]
    [InlineData("/a/b-1_2.c", "\"/a/b-1_2.c\"")]
    [InlineData("/a folder/it's #1", "\"/a folder/it's #1\"")]
    [InlineData("/a\\b\"c", "\"/a\\\\b\\\"c\"")]
    public void Sbatch_reads_a_path_as_it_is(string path, string expected) => Assert.Equal(expected, SlurmScript.Quote(path));

    [Theory]
    [InlineData("Paper", "fpe-paper")]
    [InlineData("My study, 2nd", "fpe-my-study--2nd")]
    [InlineData("…", "fpe")]
    public void A_job_has_a_name_that_clusters_accept(string program, string expected) => Assert.Equal(expected, JobName.Of(program));
}
