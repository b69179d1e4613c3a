using Fpe.Data;

namespace Fpe.Training;

/// <summary>Trains models: the dense parent for a while, the split, then the expanded network (arXiv 2510.04500, section 3).</summary>
/// <param name="options">How to train; one trainer may train many models, also on several threads.</param>
/// <param name="observers">Are told what happens, in this order.</param>
public sealed class Trainer(TrainingOptions options, params IReadOnlyList<ITrainingObserver> observers)
{
    /// <summary>How the trainer trains.</summary>
    public TrainingOptions Options { get; } = options;

    /// <summary>Trains a model. With the same seed the result has the same bits, whatever else the machine does.</summary>
    /// <param name="model">The model; if it is expanded already, it is trained as it is.</param>
    /// <param name="train">Training data.</param>
    /// <param name="validation">Data to measure the model on after every epoch; null for none.</param>
    /// <param name="cancellation">Ends the run after the current step; what was learned so far is kept.</param>
    /// <exception cref="TrainingOptionsException">An option does not fit; nothing was changed.</exception>
    /// <exception cref="DatasetException">A data set does not fit the model; nothing was changed.</exception>
    /// <exception cref="DivergenceException">The loss became infinite or not a number.</exception>
    public TrainingResult Fit(Model model, Dataset train, Dataset? validation = null, CancellationToken cancellation = default)
    {
        Options.Validate(model, train, validation);
        using var run = new TrainingRun(model, train, Options);
        using Evaluator? evaluator = validation is null ? null : new Evaluator(model, validation, Options.Loss, Options.BatchSize);
        foreach (ITrainingObserver observer in observers)
            observer.TrainingStarted(model, Options);

        TrainingResult result = RunEpochs(model, run, evaluator, cancellation);
        foreach (ITrainingObserver observer in observers)
            observer.TrainingEnded(model, result);
        return result;
    }

    private TrainingResult RunEpochs(Model model, TrainingRun run, Evaluator? evaluator, CancellationToken cancellation)
    {
        var reports = new List<EpochReport>();
        int firstCounted = ExpandsAfter(model) ?? Options.StartEpoch;
        BestWeights? best = null;
        try
        {
            for (int epoch = Options.StartEpoch; epoch < Options.Epochs; epoch++)
            {
                if (ExpandsAfter(model) == epoch)
                    Expand(model, run, epoch);
                if (Options.EarlyStopping is not null && epoch == firstCounted)
                    best = new BestWeights(Options.EarlyStopping, model);

                if (run.RunEpoch(epoch + 1, cancellation) is not { } means)
                    return new TrainingResult(StopReason.Cancelled, reports, BestEpoch: null);
                var report = new EpochReport(epoch + 1, means.Loss, means.Accuracy, evaluator?.Evaluate(), run.LearningRate, model.IsExpanded);
                reports.Add(report);
                foreach (ITrainingObserver observer in observers)
                    observer.EpochEnded(model, report);

                if (best is not null && best.Observe(epoch + 1, report.Validation!.Value.Loss))
                    return End(StopReason.EarlyStopped);
            }

            return End(StopReason.Completed);
        }
        finally
        {
            best?.Dispose();
        }

        TrainingResult End(StopReason reason)
        {
            best?.Restore();
            return new TrainingResult(reason, reports, best?.Epoch);
        }
    }

    // Null where the model stays, or already is, what it is.
    private int? ExpandsAfter(Model model) => model.Plan.IsExpanded && !model.IsExpanded ? Options.ExpandAfter : null;

    private void Expand(Model model, TrainingRun run, int epoch)
    {
        run.Expand();
        foreach (ITrainingObserver observer in observers)
            observer.ModelExpanded(model, epoch);
    }
}
