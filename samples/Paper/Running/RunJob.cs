using Fpe.Training;
using Samples.Paper.Experiments;
using Samples.Paper.Results;

namespace Samples.Paper.Running;

/// <summary>Trains and measures one network, or several whose logits are averaged, from the start or from a warmed-up parent.</summary>
/// <param name="context">The common context of runs.</param>
/// <param name="configuration">The run.</param>
/// <param name="parent">The warmed-up parent from which it continues; null to start from initial weights.</param>
internal sealed class RunJob(RunContext context, RunConfiguration configuration, WarmParent? parent = null) : Job
{
    // Keeps seeds distinct from those of other runs.
    private const long SeedsApart = 1_000_003;

    private readonly Setting setting = configuration.Setting;
    private readonly Variant variant = configuration.Variant;
    private readonly double epochCost = RunCost.OfEpoch(context.Task, configuration);

    /// <inheritdoc/>
    public override double Length => (setting.Epochs - (parent?.Epoch ?? 0)) * epochCost;

    /// <inheritdoc/>
    public override void Execute(Action<Job> enqueue, CancellationToken cancellation)
    {
        TaskData data = context.Task.DataOf(setting, configuration.Seed);
        PlannedModel[] models = Create(data);
        try
        {
            Train(models, data, cancellation);
        }
        finally
        {
            Array.ForEach(models, model => model.Dispose());
        }
    }

    /// <summary>Returns the number of networks of a variant.</summary>
    public static int NetworksOf(Variant variant) => variant.Method == Method.Average ? (int)variant.WeightRatio!.Value : 1;

    // Several networks start with the same parameters, but each has its own seed and therefore its own split.
    private PlannedModel[] Create(TaskData data)
    {
        ModelPlan plan = VariantNetwork.Plan(context.Task, setting, variant, data.Clauses);
        PlannedModel[] models =
        [
            .. Enumerable.Range(0, NetworksOf(variant)).Select(network => new PlannedModel(plan, configuration.Seed + (network * SeedsApart), context.Device)),
        ];
        parent?.CopyTo(models[0]);
        foreach (PlannedModel other in models.Skip(1))
            models[0].CopyTo(other);
        return models;
    }

    private void Train(PlannedModel[] models, TaskData data, CancellationToken cancellation)
    {
        TrainingOptions options = Options(context, setting) with
        {
            StartEpoch = parent?.Epoch ?? 0,
            ExpandAfter = variant.ExpandAfter,
            Expansion = VariantNetwork.MethodOf(variant),
            EdgeLearning = VariantNetwork.LearningOf(variant),
            Seed = configuration.Seed,
        };
        TrainingHistory history = parent?.History ?? TrainingHistory.None;
        foreach (PlannedModel model in models)
        {
            var recorder = new EpochRecorder(context.Progress, epochCost / models.Length, model == models[0] ? history : TrainingHistory.None);
            try
            {
                TrainingResult result = new Trainer(options, recorder).Fit(model, data.Train, cancellation: cancellation);
                history = model == models[0] ? recorder.History : history with { Seconds = history.Seconds + recorder.History.Seconds };
                if (result.StopReason == StopReason.Cancelled)
                    return;
            }
            catch (DivergenceException divergence)
            {
                context.Record(new RunEnd(configuration, recorder.History).Diverged(divergence.Epoch, divergence.Step));
                return;
            }
        }

        context.Record(new RunEnd(configuration, history).Measure(models, context.Task, data));
    }

    /// <summary>Returns the training options of a setting, except for the split.</summary>
    public static TrainingOptions Options(RunContext context, Setting setting) => new()
    {
        Epochs = setting.Epochs,
        BatchSize = setting.BatchSize,
        ExpandAfter = null,
        Optimizer = new Adam(setting.LearningRate),
        Schedule = context.Task.Schedule,
        Loss = context.Task.Loss,
    };
}
