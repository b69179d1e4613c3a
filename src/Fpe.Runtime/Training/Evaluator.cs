using Fpe.Data;
using Fpe.Distributed;

namespace Fpe.Training;

/// <summary>Measures the loss and accuracy of a model on a data set, which it keeps on the device.</summary>
/// <remarks>Only one call at a time is allowed; several evaluators can measure the same model concurrently.</remarks>
public sealed class Evaluator : IDisposable
{
    private const int DefaultBatchSize = 64;

    private readonly Model model;
    private readonly DeviceDataset data;
    private readonly Batch batch;
    private readonly BatchTotals totals;
    private readonly ModelAccess access;
    private readonly ProcessGroup group;
    private PassBuffers? buffers;

    /// <summary>Copies a data set to the model's device.</summary>
    /// <param name="model">The model.</param>
    /// <param name="dataset">
    /// The data, as <see cref="Trainer.Fit(Model, Dataset, Dataset?, CancellationToken)"/> takes it. Its weights count in the loss, but not in
    /// the accuracy.
    /// </param>
    /// <param name="loss">The loss, which also defines correct answers.</param>
    /// <param name="batchSize">The number of samples computed at once; if there are fewer, all of them. It affects the result only by rounding.</param>
    /// <exception cref="DatasetException">The data set does not fit the model or the loss.</exception>
    /// <exception cref="TrainingOptionsException">
    /// The batch size is less than 1, or too large for the model; a setting of the loss is out of range, or it takes no weights, but samples have some.
    /// </exception>
    public Evaluator(Model model, Dataset dataset, Loss loss, int batchSize = DefaultBatchSize)
        : this(model, loss, batchSize, Prepare(model, dataset, loss), LossWeighting.None)
    {
    }

    /// <summary>Copies a data set that <see cref="MeaningData.Prepare"/> returned; nothing tells that its targets are standardised.</summary>
    /// <param name="model">The model.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="batchSize">The number of samples computed at once.</param>
    /// <param name="prepared">The data.</param>
    /// <param name="weighting">The weights of classes and targets.</param>
    /// <param name="group">The ranks, each of which measures a part of the batches; null for one process.</param>
    internal Evaluator(Model model, Loss loss, int batchSize, Dataset prepared, LossWeighting weighting, ProcessGroup? group = null)
    {
        this.group = group ?? ProcessGroup.Single;
        TrainingOptionsException.Require(batchSize >= 1, nameof(batchSize), batchSize, "at least 1");
        batchSize = Math.Min(batchSize, prepared.Count);
        TrainingOptionsException.Require(batchSize <= model.Plan.MaximumBatch, nameof(batchSize), batchSize, $"at most {model.Plan.MaximumBatch} for {model.Plan.Name}");

        this.model = model;
        access = new ModelAccess($"The evaluator of {model.Plan.Name}");
        int outputs = model.Plan.OutputCount;
        SampleWeights? weights = weighting.For(prepared, loss, outputs);
        data = new DeviceDataset(prepared, model.Device, loss.UsesTargets, outputs, weights);
        batch = new Batch(model.Device, batchSize, data.FeatureCount, loss.UsesTargets ? outputs : null, weights);
        totals = new BatchTotals(model.Device, loss, ((data.Count - 1) / batchSize) + 1);
    }

    /// <summary>Measures a model once.</summary>
    /// <inheritdoc cref="Evaluator(Model, Dataset, Loss, int)"/>
    public static Evaluation Evaluate(Model model, Dataset dataset, Loss loss, int batchSize = DefaultBatchSize)
    {
        using var evaluator = new Evaluator(model, dataset, loss, batchSize);
        return evaluator.Evaluate();
    }

    /// <summary>Measures the current model.</summary>
    /// <exception cref="ModelInUseException">Another thread is changing the model, or using this evaluator.</exception>
    /// <exception cref="ObjectDisposedException">The model or this evaluator was disposed.</exception>
    public Evaluation Evaluate()
    {
        using ModelAccess.Scope scope = access.Write(ModelUse.Evaluating);
        using ModelAccess.Scope modelScope = model.Access.Read(ModelUse.Evaluating);
        return Measure();
    }

    /// <summary>Frees the copy of the data when no call uses it any more.</summary>
    public void Dispose() => access.Close(() =>
    {
        data.Dispose();
        batch.Dispose();
        totals.Dispose();
        buffers?.Dispose();
    });

    private static Dataset Prepare(Model model, Dataset dataset, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(loss);
        loss.Validate();
        DatasetFit.Check(dataset, model.Plan, loss);
        return model.Prepare(dataset);
    }

    private Evaluation Measure()
    {
        if (buffers?.Structure != model.Structure)
        {
            buffers?.Dispose();
            buffers = new PassBuffers(model, batch.Inputs, training: false);
        }

        totals.Reset();
        int first = (int)((long)totals.Count * group.Rank / group.Size), end = (int)((long)totals.Count * (group.Rank + 1) / group.Size);
        for (int b = first; b < end; b++)
        {
            data.Gather(model.Device.Kernels, b * batch.Capacity, batch);
            model.Forward(buffers, Pass.Predicting(batch.Count));
            totals.Add(b, buffers.Output, batch, gradient: null);
        }

        if (group.Size > 1)
            totals.Exchange(group, first, end);
        return totals.Read(data, batch.Capacity, model.Plan.OutputCount);
    }
}
