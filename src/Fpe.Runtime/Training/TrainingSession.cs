using Fpe.Checkpoints;
using Fpe.Data;
using Fpe.Distributed;
using Fpe.Metrics;

namespace Fpe.Training;

/// <summary>A run of a <see cref="Trainer"/> from the beginning, or from its last checkpoint, to the end.</summary>
internal sealed class TrainingSession : IDisposable
{
    private readonly Model model;
    private readonly Dataset train;
    private readonly TrainingOptions options;
    private readonly IReadOnlyList<ITrainingObserver> observers;
    private readonly ProcessGroup group;
    private readonly SortedDictionary<string, string> identity;
    private readonly CheckpointFolder? folder;
    private readonly TrainingRun run;
    private readonly Evaluator? evaluator;
    private readonly ValidationMetrics? metrics;
    private readonly List<EpochReport> reports = [];
    private BestWeights? best;
    private double? bestValue;
    private StopReason? stopReason;
    private long? savedStep;

    /// <summary>Prepares a run. If it is resumed, the model receives the state of the checkpoint.</summary>
    public TrainingSession(Model model, Dataset train, Dataset? validation, TrainingOptions options, IReadOnlyList<ITrainingObserver> observers)
    {
        this.model = model;
        this.options = options;
        group = options.DataParallel?.Group ?? ProcessGroup.Single;
        this.observers = group.Rank == 0 ? observers : [];
        Dataset? asRead = validation;
        (this.train, validation, LossWeighting weighting, identity) = RankFailures.Share(group, () => Prepare(model, train, validation, options, group.Size));
        train = this.train;
        if (group.Size > 1)
            RankAgreement.Require(group, identity, model, options);
        folder = RankFailures.Share(group, () => options.Checkpoints is { } checkpoints && group.Rank == 0 ? new CheckpointFolder(checkpoints) : null);
        try
        {
            SavedTraining? saved = options.Checkpoints is null ? null : ReadLast(TrainingRun.StepsOf(train, options));
            saved?.Model.ApplyTo(model);
            metrics = CreateMetrics(train, asRead);
            run = new TrainingRun(model, train, options, weighting);
            evaluator = validation is null ? null : new Evaluator(model, options.Loss, options.BatchSize, validation, weighting, group);
            if (saved is not null)
                Resume(saved);
            model.MeanAlone(options.MeaningOf(model, train));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private static (Dataset Train, Dataset? Validation, LossWeighting Weighting, SortedDictionary<string, string> Identity) Prepare(
        Model model, Dataset train, Dataset? validation, TrainingOptions options, int ranks)
    {
        train = model.Prepare(train);
        validation = validation is null ? null : model.Prepare(validation);
        SortedDictionary<string, string> identity = options.Checkpoints is null && ranks == 1 ? [] : RunIdentity.Of(model, options, train, validation);
        return (train, validation, LossWeighting.Of(options, train, model.Plan), identity);
    }

    /// <summary>Runs until the end.</summary>
    public TrainingResult Run(CancellationToken cancellation)
    {
        foreach (ITrainingObserver observer in observers)
            observer.TrainingStarted(model, options);
        if (ClassesWithoutSample() is { Length: > 0 } missing)
        {
            foreach (ITrainingObserver observer in observers)
                observer.ClassesMissing(model, train, missing);
        }

        if (reports.Count > 0 || run.StepInEpoch > 0)
        {
            foreach (ITrainingObserver observer in observers)
                observer.TrainingResumed(model, reports);
        }

        TrainingResult result = stopReason is null ? RunEpochs(cancellation) : Result();
        foreach (ITrainingObserver observer in observers)
            observer.TrainingEnded(model, result);
        return result;
    }

    public void Dispose()
    {
        best?.Dispose();
        evaluator?.Dispose();
        run?.Dispose();
        folder?.Dispose();
    }

    private int[] ClassesWithoutSample() =>
        train.Labels is { } labels ? [.. Enumerable.Range(0, Math.Max(train.OutputCount, model.Plan.OutputCount == 1 ? 2 : 1)).Except(labels)] : [];

    private TrainingResult RunEpochs(CancellationToken cancellation)
    {
        model.IsTrained = true;
        int firstCounted = ExpandsAfter ?? options.StartEpoch;
        Action? afterStep = options.Checkpoints?.EverySteps is null ? null : SaveIfDue;
        for (int epoch = run.Epoch; epoch < options.Epochs; epoch++)
        {
            if (ExpandsAfter == epoch)
                Expand(epoch);
            run.RateFactor = options.Schedule.FactorAfter(epoch < firstCounted ? [] : [.. Comparable]);
            if (run.RunEpoch(afterStep, cancellation) is not { } means)
            {
                Save();
                return new TrainingResult(StopReason.Cancelled, reports, BestEpoch: null);
            }

            var report = new EpochReport(epoch + 1, means.Loss, means.Accuracy, evaluator?.Evaluate(), run.LearningRate, model.IsExpanded, run.HasFinalEdges, metrics?.Measure());
            reports.Add(report);
            foreach (ITrainingObserver observer in observers)
                observer.EpochEnded(model, report);

            if (epoch >= firstCounted && report.HasFinalEdges)
            {
                KeepBest(report);
                if (options.EarlyStopping is { } settings && HasStalled(settings, report))
                    return End(StopReason.EarlyStopped);
            }

            if ((epoch + 1) % options.Checkpoints?.EveryEpochs == 0)
                Save();
            else
                SaveIfDue();
        }

        return End(StopReason.Completed);
    }

    private TrainingResult End(StopReason reason)
    {
        RequireFiniteValidation();
        best?.Restore(keepsReplaced: options.Checkpoints is not null && reason == StopReason.Completed && best.Epoch != run.Epoch);
        run.RequireFiniteWeights();
        stopReason = reason;
        savedStep = null;
        Save();
        return Result();
    }

    private TrainingResult Result() => new(stopReason!.Value, reports, best?.Epoch);

    // Null if the model is never expanded or already expanded.
    private int? ExpandsAfter => model.Plan.IsExpanded && !model.IsExpanded ? options.ExpandAfter : null;

    private void Expand(int epoch)
    {
        run.Expand();
        foreach (ITrainingObserver observer in observers)
            observer.ModelExpanded(model, epoch);
    }

    // The epochs of the model in its current form, expanded or not, with its final edges: only their losses are comparable.
    private IEnumerable<EpochReport> Comparable => reports.Where(report => report.IsExpanded == model.IsExpanded && report.HasFinalEdges);

    // Epochs without a finite loss count towards the patience too, starting with the first one that counts.
    private bool HasStalled(EarlyStopping settings, EpochReport report)
    {
        best ??= new BestWeights(settings, model);
        best.Observe(report.Epoch, new WatchedValue(settings.Metric).Of(report));
        int last = best.Epoch ?? Comparable.First().Epoch - 1;
        return report.Epoch - last >= settings.Patience;
    }

    private void RequireFiniteValidation()
    {
        EpochReport[] epochs = [.. Comparable];
        if (evaluator is not null && epochs.Length > 0 && !epochs.Any(report => double.IsFinite(report.Validation!.Value.Loss)))
            throw new DivergenceException(model.Plan.Name, epochs[0].Epoch, epochs[^1], run.StepsPerEpoch);
    }

    private void KeepBest(EpochReport report)
    {
        var watched = new WatchedValue(options.EarlyStopping?.Metric);
        double value = watched.Of(report);
        if (options.Checkpoints is not { KeepBest: true } || !watched.IsBetter(value, bestValue ?? watched.Worst, 0))
            return;
        run.RequireFiniteWeights();
        RankFailures.Share(group, () => folder?.SaveBest(model));
        bestValue = value;
    }

    private void SaveIfDue()
    {
        if (run.StepCount % options.Checkpoints?.EverySteps == 0)
            Save();
    }

    private void Save()
    {
        if (options.Checkpoints is null || savedStep == run.StepCount)
            return;
        run.RequireFiniteWeights();
        run.OptimizerState.Complete();
        savedStep = run.StepCount;
        RankFailures.Share(group, WriteCheckpoint);
    }

    private void WriteCheckpoint()
    {
        if (folder is null)
            return;
        var progress = new TrainingProgress
        {
            Run = identity,
            Epoch = run.Epoch,
            StepInEpoch = run.StepInEpoch,
            OptimizerSteps = run.OptimizerState.StepCount,
            LearningRate = run.LearningRate,
            CorrectAnswers = run.CorrectInEpoch(),
            Reports = reports,
            Best = best?.Epoch is { } epoch ? new BestEpoch(epoch, best.Value) : null,
            LowestLoss = bestValue,
            StopReason = stopReason,
        };
        folder.Save(run.StepCount, stream => TrainingCheckpoint.Write(stream, model, progress, run, best));
    }

    // Measured once before training, so that what has no value for the data is an error at once.
    private ValidationMetrics? CreateMetrics(Dataset train, Dataset? validation)
    {
        Metric[] watched = [.. options.WatchedMetrics];
        if (watched.Length == 0)
            return null;
        var created = new ValidationMetrics(model, options.MeaningOf(model, train), validation!, watched);
        created.Measure();
        return created;
    }

    /// <summary>Reads the last checkpoint; null if there is none. Rank 0 reads the file for all ranks.</summary>
    private SavedTraining? ReadLast(int stepsPerEpoch)
    {
        if (group.Size == 1)
            return folder!.Last is { } last ? Read(SafetensorsReader.Open(last), stepsPerEpoch) : null;
        byte[] content = group.AllGather(RankFailures.Share(group, () => folder?.ReadLast() ?? []))[0];
        return content.Length == 0 ? null : Read(new SafetensorsReader(new MemoryStream(content, writable: false), folder?.Last ?? "The checkpoint of rank 0"), stepsPerEpoch);
    }

    private SavedTraining Read(SafetensorsReader checkpoint, int stepsPerEpoch)
    {
        using SafetensorsReader reader = checkpoint;
        return TrainingCheckpoint.Read(reader, model, options, stepsPerEpoch, identity);
    }

    private void Resume(SavedTraining saved)
    {
        TrainingProgress progress = saved.Progress;
        run.Resume(saved);
        reports.AddRange(progress.Reports);
        (bestValue, stopReason) = (progress.LowestLoss, progress.Continues(options.Epochs) ? null : progress.StopReason);
        savedStep = run.StepCount;
        if (progress.Best is { } found && options.EarlyStopping is { } settings)
        {
            best = new BestWeights(settings, model);
            best.Resume(found, saved.Best!);
        }
    }
}
