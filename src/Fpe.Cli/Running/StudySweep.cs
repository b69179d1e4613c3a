using Fpe.Cli.Sweeps;

namespace Fpe.Cli.Running;

/// <summary>The runs of a study as a sweep that several workers can divide.</summary>
internal sealed class StudySweep
{
    private readonly StudyOptions options;
    private readonly string recipe;

    /// <summary>Plans the sweep.</summary>
    /// <param name="name">The name of the study.</param>
    /// <param name="runner">The runs.</param>
    /// <param name="options">The options of the command line.</param>
    /// <param name="data">The data.</param>
    /// <exception cref="StudyException">There are too many runs.</exception>
    public StudySweep(string name, StudyRunner runner, StudyOptions options, StudyData data)
    {
        if (runner.Count > SweepPlan.MaximumRuns)
            throw new StudyException($"--seeds {options.Seeds}: results of at most {SweepPlan.MaximumRuns / 2:#,0} seeds can be kept; specify fewer.");
        this.options = options;
        recipe = StudyRecipe.Of(options.Model, runner.Expanded, options.Device, data);
        double cost = options.Epochs * TrainingCost.OfEpoch(options.Model.Plan, options.Model.Plan.DenseWeights, data.Train.Count, runner.Expanded.BatchSize);
        Plan = new SweepPlan(name, [.. runner.Runs().Select(run => ItemOf(ConfigurationOf(run).Key, cost))]);
    }

    /// <summary>The runs.</summary>
    public SweepPlan Plan { get; }

    /// <summary>Returns a run as it is called in a results file.</summary>
    public StudyConfiguration ConfigurationOf(StudyRun run) =>
        new(run.Model.Plan.Name, options.Epochs, options.ExpandAfter, recipe, run.IsExpanded, run.Seed);

    // The expanded model has as many weights as its dense parent, and costs as much.
    private static WorkItem ItemOf(string key, double cost) => new(key, Group: key, SharedCost: 0, OwnCost: cost);
}
