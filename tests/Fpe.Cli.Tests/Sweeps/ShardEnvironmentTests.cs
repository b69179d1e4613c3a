using Fpe.Cli.Sweeps;

namespace Fpe.Cli.Tests.Sweeps;

public class ShardEnvironmentTests
{
    [Theory]
    [InlineData("", "1/1")]
    [InlineData("SLURM_ARRAY_TASK_ID=0 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_STEP=1 SLURM_ARRAY_TASK_COUNT=6", "1/6")]
    [InlineData("SLURM_ARRAY_TASK_ID=5 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_STEP=1 SLURM_ARRAY_TASK_COUNT=6", "6/6")]
    [InlineData("SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_TASK_STEP=4 SLURM_ARRAY_TASK_COUNT=2", "2/2")]
    [InlineData("SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_TASK_STEP=1 SLURM_ARRAY_TASK_COUNT=1", "1/1")]
    [InlineData("JOB_COMPLETION_INDEX=0 FPE_SHARD_COUNT=4", "1/4")]
    [InlineData("JOB_COMPLETION_INDEX=3 FPE_SHARD_COUNT=4", "4/4")]
    [InlineData("FPE_SHARD_COUNT=4", "1/1")]
    [InlineData("SLURM_ARRAY_TASK_ID=", "1/1")]
    public void Cluster_managers_number_the_shards(string variables, string expected) => Assert.Equal(expected, Of(variables).Find().ToString());

    [Theory]
    [InlineData("SLURM_ARRAY_TASK_ID=2 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_STEP=1 SLURM_ARRAY_TASK_COUNT=2")]
    [InlineData("SLURM_ARRAY_TASK_ID=4 SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_TASK_STEP=4 SLURM_ARRAY_TASK_COUNT=2")]
    [InlineData("SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_TASK_STEP=1 SLURM_ARRAY_TASK_COUNT=2")]
    [InlineData("SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_STEP=0 SLURM_ARRAY_TASK_COUNT=2")]
    [InlineData("SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_STEP=1 SLURM_ARRAY_TASK_COUNT=0")]
    [InlineData("SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_STEP=1 SLURM_ARRAY_TASK_COUNT=200000")]
    [InlineData("SLURM_ARRAY_TASK_ID=-1 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_STEP=1 SLURM_ARRAY_TASK_COUNT=2")]
    [InlineData("JOB_COMPLETION_INDEX=4 FPE_SHARD_COUNT=4")]
    [InlineData("JOB_COMPLETION_INDEX=0 FPE_SHARD_COUNT=0")]
    [InlineData("JOB_COMPLETION_INDEX=0")]
    [InlineData("JOB_COMPLETION_INDEX=0 FPE_SHARD_COUNT=four")]
    public void Variables_that_do_not_fit_are_refused(string variables) => Assert.Throws<ShardException>(Of(variables).Find);

    [Theory]
    [InlineData("1/1", true)]
    [InlineData("2/6", true)]
    [InlineData("100000/100000", true)]
    [InlineData("1/100001", false)]
    [InlineData("0/6", false)]
    [InlineData("7/6", false)]
    [InlineData("1", false)]
    [InlineData("1/2/3", false)]
    [InlineData(" 1/2", false)]
    [InlineData("+1/2", false)]
    [InlineData("", false)]
    public void A_shard_is_written_as_i_of_n(string text, bool isShard) => Assert.Equal(isShard ? text : null, Shard.TryParse(text)?.ToString());

    private static ShardEnvironment Of(string variables)
    {
        Dictionary<string, string> values = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(variable => variable.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return new ShardEnvironment(values.GetValueOrDefault);
    }
}
