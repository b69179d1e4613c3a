using Fpe.Cli.Results;
using Fpe.Cli.Sweeps;

namespace Fpe.Cli.Running;

/// <summary>The results of a study that are kept in a file or folder, so that no run is repeated.</summary>
internal sealed class StudyResults : IDisposable
{
    private readonly StudySweep sweep;
    private readonly Func<string, bool> isOwn;
    private readonly ResultStore<StudyResult> store;

    /// <summary>Opens the results.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="sweep">The runs of the study.</param>
    /// <param name="shard">The part that this process runs.</param>
    /// <param name="warn">Receives one line for each repair.</param>
    /// <exception cref="ResultsFileException">The results cannot be used.</exception>
    public StudyResults(string path, StudySweep sweep, Shard shard, Action<string> warn)
    {
        this.sweep = sweep;
        isOwn = sweep.Plan.RunsOf(shard);
        store = new ResultStore<StudyResult>(path, StudyResultFormat.Instance, sweep.Plan, shard, warn);
    }

    /// <summary>Returns whether this process runs a run, unless it is finished.</summary>
    public bool Contains(StudyRun run) => isOwn(sweep.ConfigurationOf(run).Key);

    /// <summary>Returns the outcome of a finished run; null if it has not finished.</summary>
    public RunOutcome? Find(StudyRun run) => store.Find(sweep.ConfigurationOf(run).Key)?.OutcomeOf(run);

    /// <summary>Adds an outcome; it is on disk when this method returns.</summary>
    /// <exception cref="ResultsFileException">The file cannot be written.</exception>
    public void Append(RunOutcome outcome) => store.Append(StudyResult.Of(sweep.ConfigurationOf(outcome.Run), outcome));

    /// <summary>Records that all runs of this process have a result.</summary>
    public void Complete() => store.Complete();

    public void Dispose() => store.Dispose();
}
