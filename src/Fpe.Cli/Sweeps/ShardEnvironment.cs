using System.Globalization;

namespace Fpe.Cli.Sweeps;

/// <summary>
/// The shard of a worker that a cluster manager started: the task of a Slurm job array, or the index of a Kubernetes Indexed Job. Slurm
/// sets all variables itself; Kubernetes sets only the index, so that its manifest must set <see cref="CountVariable"/>.
/// </summary>
/// <param name="variable">Returns the value of an environment variable; null if it is not set.</param>
internal sealed class ShardEnvironment(Func<string, string?> variable)
{
    /// <summary>The number of shards in Kubernetes, which equals <c>spec.completions</c>.</summary>
    public const string CountVariable = "FPE_SHARD_COUNT";

    private const string SlurmTask = "SLURM_ARRAY_TASK_ID";
    private const string SlurmMinimum = "SLURM_ARRAY_TASK_MIN";
    private const string SlurmStep = "SLURM_ARRAY_TASK_STEP";
    private const string SlurmCount = "SLURM_ARRAY_TASK_COUNT";
    private const string KubernetesIndex = "JOB_COMPLETION_INDEX";

    /// <summary>The environment of this process.</summary>
    public static ShardEnvironment OfThisProcess { get; } = new(Environment.GetEnvironmentVariable);

    /// <summary>Returns the shard of this worker; <see cref="Shard.Whole"/> if no cluster manager started it.</summary>
    /// <exception cref="ShardException">Variables are missing, are not numbers, or do not fit together.</exception>
    public Shard Find() => IsSet(SlurmTask) ? OfSlurm() : IsSet(KubernetesIndex) ? OfKubernetes() : Shard.Whole;

    // Slurm numbers the tasks of --array=MIN-MAX:STEP in steps; the tasks of a list such as 1,3,7 have no regular step.
    private Shard OfSlurm()
    {
        (int task, int minimum, int step, int count) = (Number(SlurmTask), Number(SlurmMinimum), Number(SlurmStep), Number(SlurmCount));
        int position = step < 1 ? -1 : (task - minimum) / step;
        bool fits = count is >= 1 and <= Shard.MaximumCount && task >= minimum && position >= 0 && position < count && minimum + (position * step) == task;
        return fits
            ? new Shard(position + 1, count)
            : throw new ShardException($"{SlurmTask}={task} is not one of {count} tasks from {SlurmMinimum}={minimum} in steps of {SlurmStep}={step}; submit a range of at most {Shard.MaximumCount:#,0} tasks, such as --array=1-6, or specify the part with --shard.");
    }

    private Shard OfKubernetes()
    {
        int index = Number(KubernetesIndex);
        if (!IsSet(CountVariable))
            throw new ShardException($"{KubernetesIndex}={index} is set, but not the number of parts; set {CountVariable} to spec.completions in the manifest, or specify the part with --shard ({Shard.Whole} for all runs).");
        int count = Number(CountVariable);
        return count is >= 1 and <= Shard.MaximumCount && index >= 0 && index < count
            ? new Shard(index + 1, count)
            : throw new ShardException($"{KubernetesIndex}={index} is not from 0 to {CountVariable}={count} less 1; set {CountVariable} to spec.completions, from 1 to {Shard.MaximumCount:#,0}.");
    }

    private bool IsSet(string name) => !string.IsNullOrEmpty(variable(name));

    private int Number(string name) => int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new ShardException(IsSet(name)
            ? $"{name}={variable(name)} is not a whole number; correct it, or specify the part with --shard."
            : $"{name} is not set; set it, or specify the part with --shard.");
}
