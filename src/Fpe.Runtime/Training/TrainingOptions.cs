using System.Globalization;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Metrics;

namespace Fpe.Training;

/// <summary>Options for training a model. The defaults suit small data sets.</summary>
public sealed record TrainingOptions
{
    /// <summary>
    /// Gets the total number of passes over the training data, before and after the split and before <see cref="StartEpoch"/>; at least 1.
    /// </summary>
    public int Epochs { get; init; } = 50;

    /// <summary>
    /// Gets the number of epochs that the model has already been trained for as part of the same run; 0 for a separate run. The order of
    /// samples, dropout, the learning rate and <see cref="ExpandAfter"/> continue from there, but the optimizer's moments start at zero. If
    /// a dense parent is trained for k epochs, copied with <see cref="Model.CopyTo"/> and expanded after k epochs, the result is therefore
    /// identical bit for bit to that without the interruption, and several expansions can share one warm-up.
    /// </summary>
    public int StartEpoch { get; init; }

    /// <summary>
    /// Gets the number of samples per batch, from 1 to the number of samples; the last batch of an epoch takes the rest. A batch is a step
    /// unless <see cref="BatchesPerStep"/> says otherwise.
    /// </summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>
    /// Gets the number of batches whose gradients make one step, as if they were one batch (gradient accumulation), which needs less memory; 1 by
    /// default. The last step of an epoch takes the remaining batches, however few. Statistics of <c>BatchNorm</c> are those of each batch, or
    /// with <see cref="DataParallel"/> of each chunk of a batch, and an <see cref="EdgeExchange"/> sees the gradients of the last batch.
    /// </summary>
    public int BatchesPerStep { get; init; } = 1;

    /// <summary>
    /// Gets the number of epochs for which the dense parent is trained before it is expanded: 0 expands at initialisation, half of
    /// <see cref="Epochs"/> is the paper's schedule, and null never expands and trains the dense parent to the end. It is ignored for a
    /// model that declares no expansion.
    /// </summary>
    public int? ExpandAfter { get; init; } = 0;

    /// <summary>Gets the expansion method: Fixed Parameter Expansion or a control.</summary>
    public ExpansionMethod Expansion { get; init; } = SplitExpansion.Default;

    /// <summary>
    /// Gets how a model with <see cref="Split.Learned"/> learns its edges; null for <see cref="GradualPruning"/> with its defaults. Such a
    /// model is expanded only in this way, so <see cref="Expansion"/> must keep its default.
    /// </summary>
    public EdgeLearning? EdgeLearning { get; init; }

    /// <summary>Gets the optimizer settings.</summary>
    public Optimizer Optimizer { get; init; } = new Adam();

    /// <summary>Gets the learning rate schedule.</summary>
    public LearningRateSchedule Schedule { get; init; } = new ConstantSchedule();

    /// <summary>Gets the loss to minimise.</summary>
    public Loss Loss { get; init; } = Loss.SoftmaxCrossEntropy;

    /// <summary>
    /// Gets a weight for each class, for samples with classes; null if all are 1. The loss is then a weighted mean as in PyTorch: divided by the
    /// sum of the weights of the samples, class weight times <see cref="Dataset.Weight"/>, in a batch. They apply to the validation loss as well.
    /// </summary>
    public LossWeights? ClassWeights { get; init; }

    /// <summary>
    /// Gets a weight for the positive targets of each output of sigmoid cross-entropy, as <c>pos_weight</c> in PyTorch; null if all are 1. The
    /// loss is not divided by them. They apply to the validation loss as well.
    /// </summary>
    public LossWeights? PositiveWeights { get; init; }

    /// <summary>
    /// Gets the metrics to measure on the validation data after every epoch, for <see cref="EpochReport.Metrics"/>; those that
    /// <see cref="EarlyStopping"/> and <see cref="Schedule"/> watch are measured anyway.
    /// </summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>Gets the maximum global norm of all gradients, which are scaled down if it is exceeded; null for no limit.</summary>
    public double? MaximumGradientNorm { get; init; }

    /// <summary>Gets when to end the run before its last epoch; null for never. Requires validation data.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Gets how batches are divided among several processes; null for training in one process, in whole batches.</summary>
    public DataParallel? DataParallel { get; init; }

    /// <summary>Gets the seed of the order of samples and of dropout; null for the model's seed.</summary>
    public long? Seed { get; init; }

    /// <summary>Gets the options for periodic checkpoints, from which the run can be resumed; null for none.</summary>
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>Checks the options against a model and its data; training does this before it starts.</summary>
    /// <exception cref="TrainingOptionsException">An option is out of range or does not fit.</exception>
    /// <exception cref="DatasetException">A data set does not fit the model or the loss.</exception>
    /// <exception cref="ModelMeaningException">The meaning of the model does not fit the task that follows from the loss.</exception>
    public void Validate(Model model, Dataset train, Dataset? validation = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(train);
        Validate(model.Plan);
        DatasetFit.Check(train, model.Plan, Loss);
        if (validation is not null)
            DatasetFit.Check(validation, model.Plan, Loss);

        ValidateWeights(model, train, validation);
        DataParallel?.Validate(this, model);
        if (BatchSize > train.Count)
            throw new TrainingOptionsException(nameof(BatchSize), $"{BatchSize} is larger than {train.Name}, which has {train.Count} samples; use at most {train.Count}.");
        int batches = TrainingRun.BatchesOf(train, this);
        if (BatchesPerStep > batches)
            throw new TrainingOptionsException(nameof(BatchesPerStep), $"{BatchesPerStep} is more than the {batches} batches of {train.Name}, which has {train.Count} samples; use at most {batches}.");
        ValidateMeaning(model, train);
        int most = model.Plan.MaximumBatch;
        if (BatchSize > most)
            throw new TrainingOptionsException(nameof(BatchSize), $"{BatchSize} is too large for {model.Plan.Name}, whose widest layer has {model.Plan.MaximumWidth} values for each sample; use at most {most}.");
        if (model.Plan.IsExpanded && !model.IsExpanded && ExpandAfter < StartEpoch)
            throw new TrainingOptionsException(nameof(StartEpoch), $"{StartEpoch} is after the split at {ExpandAfter} epochs, but {model.Plan.Name} is not expanded; use at most {ExpandAfter}, or expand the model.");
        if (model is { IsTrained: true, IsExpanded: false } && ExpandAfter is not null && EdgeLearningOf(model.Plan)?.Start == EdgeStart.Random)
            throw new TrainingOptionsException(nameof(EdgeLearning), $"edges are learned from new weights, so everything that {model.Plan.Name} has learned or imported would be lost; use Start = EdgeStart.Split, or a new model.");
        ValidateLearningSteps(model, train);
        ValidateLastBatch(model.Plan, train);
        if (EarlyStopping is not null && validation is null)
            throw new TrainingOptionsException(nameof(EarlyStopping), "it monitors the validation loss, but there is no validation data; pass validation data to Fit.");
        if (Schedule.IsMeasured && validation is null)
            throw new TrainingOptionsException(nameof(Schedule), "it monitors the validation data, but there is none; pass validation data to Fit.");
        if (Metrics.Count > 0 && validation is null)
            throw new TrainingOptionsException(nameof(Metrics), "they are measured on the validation data, but there is none; pass validation data to Fit.");
    }

    /// <summary>Checks the options against a model as declared.</summary>
    /// <exception cref="TrainingOptionsException">An option is out of range or does not fit.</exception>
    public void Validate(ModelPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        TrainingOptionsException.Require(Epochs >= 1, nameof(Epochs), Epochs, "at least 1");
        TrainingOptionsException.Require(StartEpoch >= 0, nameof(StartEpoch), StartEpoch, "at least 0");
        if (StartEpoch >= Epochs)
            throw new TrainingOptionsException(nameof(StartEpoch), $"{StartEpoch} leaves no epoch of {Epochs} to run; use at most {Epochs - 1}.");
        TrainingOptionsException.Require(BatchSize >= 1, nameof(BatchSize), BatchSize, "at least 1");
        TrainingOptionsException.Require(BatchesPerStep >= 1, nameof(BatchesPerStep), BatchesPerStep, "at least 1");
        Loss.Validate();
        foreach (Metric metric in Metrics)
            TrainingOptionsException.RequireDefined(nameof(Metrics), metric);
        Optimizer.Validate();
        Schedule.Validate();
        EarlyStopping?.Validate();
        Checkpoints?.Validate();
        if (MaximumGradientNorm is { } norm)
            TrainingOptionsException.Require(double.IsFinite(norm) && norm > 0, nameof(MaximumGradientNorm), norm, "greater than 0");
        if (plan.IsExpanded && ExpandAfter is { } warmUp)
            ValidateExpandAfter(plan, warmUp);
        ValidateEdgeLearning(plan);
    }

    /// <summary>Returns the meaning that a model has when it is trained.</summary>
    internal ModelMeaning MeaningOf(Model model, Dataset train) =>
        model.Meaning with { Task = model.Meaning.Task ?? Loss.TaskOf(model.Plan.OutputCount, train.HasLabels) };

    /// <summary>The metrics that are measured after every epoch, each once.</summary>
    internal IEnumerable<Metric> WatchedMetrics =>
        ((IEnumerable<Metric?>)[.. Metrics, EarlyStopping?.Metric, Schedule.WatchedMetric]).OfType<Metric>().Distinct();

    private void ValidateWeights(Model model, Dataset train, Dataset? validation)
    {
        LossWeighting weighting = LossWeighting.Of(this, train, model.Plan);
        weighting.For(train, Loss, model.Plan.OutputCount);
        if (validation is not null)
            weighting.For(validation, Loss, model.Plan.OutputCount);
    }

    private void ValidateMeaning(Model model, Dataset train)
    {
        if (model.Meaning.Task is { } task && !Loss.Fits(task))
            throw new TrainingOptionsException(nameof(Loss), $"{Loss.Name} does not train {task.Text()}, which is the task of {model.Plan.Name}; use another loss, or set Meaning with another Task.");
        MeaningFit.Check(MeaningOf(model, train), model.Plan);
    }

    /// <summary>Returns how a model learns its edges; null if they are not learned.</summary>
    internal EdgeLearning? EdgeLearningOf(ModelPlan plan) => plan.LearnsEdges ? EdgeLearning ?? GradualPruning.Default : null;

    private void ValidateEdgeLearning(ModelPlan plan)
    {
        if (EdgeLearning is not null && !plan.LearnsEdges)
            throw new TrainingOptionsException(nameof(EdgeLearning), $"{plan.Name} does not learn its edges; remove the option, or expand with Split.Learned.");
        if (EdgeLearningOf(plan) is not { } learning)
            return;
        learning.Validate(plan);
        if (Expansion != SplitExpansion.Default)
            throw new TrainingOptionsException(nameof(Expansion), $"{plan.Name} learns its edges and is not expanded by {Expansion}; remove the option, or use another split.");
        if (ExpandAfter > 0 && learning.Start == EdgeStart.Random)
            throw new TrainingOptionsException(nameof(ExpandAfter), $"everything that the dense parent learns in {ExpandAfter} epochs would be lost, because edges are learned from new weights; use 0, or Start = EdgeStart.Split.");
    }

    /// <summary>A single value has no variance.</summary>
    private void ValidateLastBatch(ModelPlan plan, Dataset train)
    {
        bool IsLeftAlone(int batchSize) => batchSize == 1 || train.Count % batchSize == 1;
        if (!IsLeftAlone(BatchSize) || plan.Layers.FirstOrDefault(layer => layer is BatchNormPlan { Places: 1 }) is not { } norm)
            return;
        int size = Enumerable.Range(BatchSize + 1, train.Count).FirstOrDefault(size => !IsLeftAlone(size));
        string fix = size == 0 ? "train on more samples" : string.Create(CultureInfo.InvariantCulture, $"use another size, such as {size}");
        throw new TrainingOptionsException(nameof(BatchSize), $"{plan.Name}.{norm.Name} normalises over a batch, but the last batch of {train.Count} samples in batches of {BatchSize} has only one sample; {fix}.");
    }

    private void ValidateLearningSteps(Model model, Dataset train)
    {
        if (EdgeLearningOf(model.Plan) is not { } learning || (ExpandAfter is null && !model.IsExpanded))
            return;
        LearningSteps steps = LearningSteps.Of(learning, this, TrainingRun.StepsOf(train, this));
        if (steps.End <= steps.Begin)
            throw new TrainingOptionsException(nameof(EdgeLearning), $"edges stop changing after step {steps.End} of the run, but begin to change after step {steps.Begin}; train for more epochs, or increase End.");
        long weights = model.WeightCount;
        if (model.IsExpanded && learning is EdgeExchange && weights != model.Plan.ExpandedWeights)
            throw new TrainingOptionsException(nameof(EdgeLearning), $"{model.Plan.Name} has {weights} weights, not its final {model.Plan.ExpandedWeights}, and an exchange keeps the number; use GradualPruning, or start from a new model.");
    }

    private void ValidateExpandAfter(ModelPlan plan, int warmUp)
    {
        TrainingOptionsException.Require(warmUp >= 0, nameof(ExpandAfter), warmUp, "at least 0");
        if (warmUp >= Epochs)
            throw new TrainingOptionsException(nameof(ExpandAfter), $"{warmUp} leaves no epoch of {Epochs} for the expanded model; use at most {Epochs - 1}.");

        EdgeLayerPlan? feature = plan.EdgeLayers.FirstOrDefault(layer => layer.Expansion is { IsExpanded: true, Strategy: Split.Feature });
        if (feature is not null && warmUp == 0)
            throw new TrainingOptionsException(nameof(ExpandAfter), $"{plan.Name}.{feature.Name} is split by features of the trained parent, which requires a warm-up, but ExpandAfter is 0; use at least 1.");
    }
}
