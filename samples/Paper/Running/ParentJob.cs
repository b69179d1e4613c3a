using Fpe.Training;
using Samples.Paper.Experiments;
using Samples.Paper.Results;

namespace Samples.Paper.Running;

/// <summary>
/// Trains the dense parent of a setting and seed, and passes it on to the runs that are expanded later, each at its time: they share one
/// warm-up, and their results are bit for bit the same as without sharing.
/// </summary>
internal sealed class ParentJob : Job
{
    private readonly RunContext context;
    private readonly RunConfiguration dense;
    private readonly bool isRecorded;
    private readonly ILookup<int, RunConfiguration> expansions;
    private readonly int epochs;
    private readonly double epochCost;

    /// <summary>Plans the job.</summary>
    /// <param name="context">The common context of runs.</param>
    /// <param name="dense">The dense parent.</param>
    /// <param name="isRecorded">Whether its own result is recorded; otherwise it is trained only as long as expansions require.</param>
    /// <param name="expansions">The runs that continue from it, each with a split after at least one epoch.</param>
    public ParentJob(RunContext context, RunConfiguration dense, bool isRecorded, IEnumerable<RunConfiguration> expansions)
    {
        this.context = context;
        this.dense = dense;
        this.isRecorded = isRecorded;
        this.expansions = expansions.ToLookup(run => run.Variant.ExpandAfter!.Value);
        epochs = isRecorded ? dense.Setting.Epochs : this.expansions.Max(group => group.Key);
        epochCost = RunCost.OfEpoch(context.Task, dense);
    }

    /// <inheritdoc/>
    public override double Length => expansions.SelectMany(group => group).Select(ChainLength).Append(epochs * epochCost).Max();

    /// <inheritdoc/>
    public override void Execute(Action<Job> enqueue, CancellationToken cancellation)
    {
        TaskData data = context.Task.DataOf(dense.Setting, dense.Seed);
        using PlannedModel model = NewModel();
        var recorder = new EpochRecorder(context.Progress, epochCost, TrainingHistory.None);
        // The options are those of the whole run, so that the learning rate is; the run ends early if no more is needed of it.
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var handOver = new HandOver(this, recorder, enqueue, enough);
        TrainingOptions options = RunJob.Options(context, dense.Setting);
        try
        {
            TrainingResult result = new Trainer(options, recorder, handOver).Fit(model, data.Train, cancellation: enough.Token);
            if (isRecorded && result.StopReason != StopReason.Cancelled)
                context.Record(new RunEnd(dense, recorder.History).Measure([model], context.Task, data));
        }
        catch (DivergenceException divergence)
        {
            // Runs with a later split would have diverged in the same step.
            foreach (RunConfiguration run in expansions.Where(group => group.Key >= divergence.Epoch).SelectMany(group => group))
                context.Record(new RunEnd(run, recorder.History).Diverged(divergence.Epoch, divergence.Step));
            if (isRecorded)
                context.Record(new RunEnd(dense, recorder.History).Diverged(divergence.Epoch, divergence.Step));
        }
    }

    private PlannedModel NewModel() =>
        new(VariantNetwork.Plan(context.Task, dense.Setting, Variant.Dense, clauses: []), dense.Seed, context.Device);

    private double ChainLength(RunConfiguration run)
    {
        int after = run.Variant.ExpandAfter!.Value;
        return (after * epochCost) + ((run.Setting.Epochs - after) * RunCost.OfEpoch(context.Task, run));
    }

    private sealed class HandOver(ParentJob job, EpochRecorder recorder, Action<Job> enqueue, CancellationTokenSource enough) : ITrainingObserver
    {
        public void EpochEnded(Model model, EpochReport report)
        {
            HandOn(model, report);
            if (report.Epoch == job.epochs && !job.isRecorded)
                enough.Cancel();
        }

        private void HandOn(Model model, EpochReport report)
        {
            RunConfiguration[] runs = [.. job.expansions[report.Epoch]];
            if (runs.Length == 0)
                return;
            PlannedModel copy = job.NewModel();
            model.CopyTo(copy);
            var parent = new WarmParent(copy, report.Epoch, recorder.History, runs.Length);
            foreach (RunConfiguration run in runs)
                enqueue(new RunJob(job.context, run, parent));
        }
    }
}
