using Fpe.Data;

namespace Fpe.Training;

/// <summary>Measures loss and accuracy of a model on a data set, which it keeps on the device.</summary>
public sealed class Evaluator : IDisposable
{
    private const int DefaultBatchSize = 64;

    private readonly Model model;
    private readonly DeviceDataset data;
    private readonly Batch batch;
    private readonly BatchTotals totals;

    /// <summary>Copies a data set to the model's device.</summary>
    /// <param name="model">The model.</param>
    /// <param name="dataset">The data.</param>
    /// <param name="loss">The loss, which also says what counts as a right answer.</param>
    /// <param name="batchSize">Samples that are computed at once; the result does not depend on it but for rounding.</param>
    /// <exception cref="DatasetException">The data set does not fit the model or the loss.</exception>
    public Evaluator(Model model, Dataset dataset, Loss loss, int batchSize = DefaultBatchSize)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        DatasetFit.Check(dataset, model.Plan, loss);

        this.model = model;
        int outputs = model.Plan.OutputCount;
        data = new DeviceDataset(dataset, model.Device, loss.UsesTargets, outputs);
        batch = new Batch(model.Device, batchSize, data.FeatureCount, loss.UsesTargets ? outputs : null);
        totals = new BatchTotals(model.Device, loss, (data.Count + batchSize - 1) / batchSize);
    }

    /// <summary>Measures a model once.</summary>
    /// <inheritdoc cref="Evaluator(Model, Dataset, Loss, int)"/>
    public static Evaluation Evaluate(Model model, Dataset dataset, Loss loss, int batchSize = DefaultBatchSize)
    {
        using var evaluator = new Evaluator(model, dataset, loss, batchSize);
        return evaluator.Evaluate();
    }

    /// <summary>Measures the model as it is now.</summary>
    public Evaluation Evaluate()
    {
        totals.Reset();
        int index = 0;
        for (int start = 0; start < data.Count; start += batch.Capacity)
        {
            data.Gather(model.Device.Kernels, start, batch);
            model.Forward(batch.Inputs, Pass.Predicting(batch.Count));
            totals.Add(index++, model.Output, batch, gradient: null);
        }

        return totals.Read(data.Count, batch.Capacity, model.Plan.OutputCount);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        data.Dispose();
        batch.Dispose();
        totals.Dispose();
    }
}
