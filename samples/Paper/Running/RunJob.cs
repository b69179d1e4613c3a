using Fpe.Training;
using Samples.Paper.Experiments;
using Samples.Paper.Results;

namespace Samples.Paper.Running;

/// <summary>Trains and measures one network, from its beginning or from a warmed-up parent.</summary>
/// <param name="context">What runs have in common.</param>
/// <param name="configuration">The run.</param>
/// <param name="parent">The warmed-up parent it goes on from; null where it begins by itself.</param>
internal sealed class RunJob(RunContext context, RunConfiguration configuration, WarmParent? parent = null) : Job
{
    private readonly Setting setting = configuration.Setting;
    private readonly Variant variant = configuration.Variant;
    private readonly double epochCost = TrainingCost.OfEpoch(context.Task, configuration);

    /// <inheritdoc/>
    public override double Length => (setting.Epochs - (parent?.Epoch ?? 0)) * epochCost;

    /// <inheritdoc/>
    public override void Execute(Action<Job> enqueue, CancellationToken cancellation)
    {
        TaskData data = context.Task.DataOf(setting, configuration.Seed);
        using var model = new PlannedModel(VariantNetwork.Plan(context.Task, setting, variant, data.Clauses), configuration.Seed, context.Device);
        parent?.CopyTo(model);
        var recorder = new EpochRecorder(context.Progress, epochCost, parent?.History ?? TrainingHistory.None);
        TrainingOptions options = Options(context, setting) with
        {
            StartEpoch = parent?.Epoch ?? 0,
            ExpandAfter = variant.ExpandAfter,
            Expansion = VariantNetwork.MethodOf(variant),
        };
        try
        {
            TrainingResult result = new Trainer(options, recorder).Fit(model, data.Train, cancellation: cancellation);
            if (result.StopReason != StopReason.Cancelled)
                context.Record(new RunEnd(configuration, recorder.History).Measure(model, context.Task, data));
        }
        catch (DivergenceException divergence)
        {
            context.Record(new RunEnd(configuration, recorder.History).Diverged(divergence.Epoch, divergence.Step));
        }
    }

    /// <summary>How runs of a setting are trained, but for the split.</summary>
    public static TrainingOptions Options(RunContext context, Setting setting) => new()
    {
        Epochs = setting.Epochs,
        BatchSize = setting.BatchSize,
        ExpandAfter = null,
        Optimizer = new Adam(setting.LearningRate),
        Loss = context.Task.Loss,
    };
}
