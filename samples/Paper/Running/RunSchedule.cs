using Samples.Paper.Results;

namespace Samples.Paper.Running;

/// <summary>The jobs that bring the results that are not there yet.</summary>
/// <param name="Jobs">The jobs to begin with.</param>
/// <param name="Runs">Runs to do.</param>
/// <param name="MultiplyAdds">Work of all jobs, with those that they bring up.</param>
internal sealed record RunSchedule(IReadOnlyList<Job> Jobs, int Runs, double MultiplyAdds)
{
    /// <summary>Plans the jobs.</summary>
    /// <param name="context">What runs have in common.</param>
    /// <param name="runs">The runs to do, each once.</param>
    public static RunSchedule Of(RunContext context, IReadOnlyList<RunConfiguration> runs)
    {
        var jobs = new List<Job>();
        double work = 0;
        foreach (IGrouping<RunConfiguration, RunConfiguration> family in runs.GroupBy(run => run.Dense))
        {
            RunConfiguration[] warmedUp = [.. family.Where(run => run.Variant.ExpandAfter > 0)];
            bool isDenseWanted = family.Any(run => run.Variant.IsDense);
            if (isDenseWanted || warmedUp.Length > 0)
            {
                var parent = new ParentJob(context, family.Key, isDenseWanted, warmedUp);
                jobs.Add(parent);
                work += parent.OwnLength + warmedUp.Sum(run => (run.Setting.Epochs - run.Variant.ExpandAfter!.Value) * RunJob.EpochCost(context, run));
            }

            RunJob[] alone = [.. family.Where(run => !run.Variant.IsDense && run.Variant.ExpandAfter is null or 0).Select(run => new RunJob(context, run))];
            jobs.AddRange(alone);
            work += alone.Sum(job => job.Length);
        }

        return new RunSchedule(jobs, runs.Count, work);
    }
}
