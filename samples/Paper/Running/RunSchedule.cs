using Fpe.Cli.Sweeps;
using Samples.Paper.Experiments;
using Samples.Paper.Results;

namespace Samples.Paper.Running;

/// <summary>Turns runs into jobs: runs of one setting and seed share the training of their dense parent as far as possible.</summary>
internal static class RunSchedule
{
    /// <summary>Returns the initial jobs of runs.</summary>
    /// <param name="context">The common context of runs.</param>
    /// <param name="runs">The runs, each once.</param>
    public static IEnumerable<Job> JobsOf(RunContext context, IEnumerable<RunConfiguration> runs)
    {
        foreach (Family family in FamiliesOf(runs))
        {
            if (family.TrainsParent)
                yield return new ParentJob(context, family.Dense, family.IsDenseWanted, family.WarmedUp);
            foreach (RunConfiguration run in family.Alone)
                yield return new RunJob(context, run);
        }
    }

    /// <summary>Returns the multiply-adds of all jobs, including jobs that they enqueue.</summary>
    public static double WorkOf(LearningTask task, IEnumerable<RunConfiguration> runs) =>
        FamiliesOf(runs).Sum(family =>
            (family.ParentEpochs * RunCost.OfEpoch(task, family.Dense))
            + family.WarmedUp.Concat(family.Alone).Sum(run => (run.Setting.Epochs - (run.Variant.ExpandAfter ?? 0)) * RunCost.OfEpoch(task, run)));

    /// <summary>Returns runs as the work of a sweep: those of one setting and seed share the training of their dense parent.</summary>
    public static IEnumerable<WorkItem> WorkItemsOf(LearningTask task, IEnumerable<RunConfiguration> runs)
    {
        var parents = new Dictionary<Setting, double>();
        foreach (RunConfiguration run in runs)
        {
            if (!parents.TryGetValue(run.Setting, out double parentEpoch))
                parents.Add(run.Setting, parentEpoch = RunCost.OfEpoch(task, run.Dense));
            int shared = run.Variant.IsDense ? run.Setting.Epochs : run.Variant.ExpandAfter ?? 0;
            double own = run.Variant.IsDense ? 0 : (run.Setting.Epochs - shared) * RunCost.OfEpoch(task, run);
            yield return new WorkItem(run.Key, run.Dense.Key, shared * parentEpoch, own);
        }
    }

    private static IEnumerable<Family> FamiliesOf(IEnumerable<RunConfiguration> runs) =>
        runs.GroupBy(run => run.Dense).Select(members => new Family(
            members.Key,
            IsDenseWanted: members.Any(run => run.Variant.IsDense),
            WarmedUp: [.. members.Where(run => run.Variant.ExpandAfter > 0)],
            Alone: [.. members.Where(run => !run.Variant.IsDense && run.Variant.ExpandAfter is null or 0)]));

    /// <summary>The runs of one setting and seed.</summary>
    private sealed record Family(RunConfiguration Dense, bool IsDenseWanted, RunConfiguration[] WarmedUp, RunConfiguration[] Alone)
    {
        public bool TrainsParent => ParentEpochs > 0;

        public int ParentEpochs => IsDenseWanted ? Dense.Setting.Epochs : WarmedUp.Select(run => run.Variant.ExpandAfter!.Value).DefaultIfEmpty(0).Max();
    }
}
