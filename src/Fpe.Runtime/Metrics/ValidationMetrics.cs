using Fpe.Data;

namespace Fpe.Metrics;

/// <summary>Metrics that are measured on the same data again and again while a model changes.</summary>
internal sealed class ValidationMetrics
{
    private readonly Model model;
    private readonly ModelMeaning meaning;
    private readonly Dataset dataset;
    private readonly float[] truth;
    private readonly IReadOnlyList<Metric> metrics;

    /// <summary>Prepares the data.</summary>
    /// <param name="model">The model.</param>
    /// <param name="meaning">The meaning that it has when it is trained.</param>
    /// <param name="dataset">The data, as it was read, or standardised as the model does.</param>
    /// <param name="metrics">The metrics.</param>
    /// <exception cref="TaskMismatchException">The task is not known, or a metric does not fit it.</exception>
    /// <exception cref="DatasetException">The data does not fit the task.</exception>
    public ValidationMetrics(Model model, ModelMeaning meaning, Dataset dataset, IReadOnlyList<Metric> metrics)
    {
        (this.model, this.meaning, this.metrics) = (model, meaning, metrics);
        ModelTask task = ModelEvaluation.TaskOf(model, meaning);
        foreach (Metric metric in metrics)
            metric.Require(task);
        this.dataset = MeaningData.WithFeatures(model, dataset);
        truth = ModelEvaluation.TruthOf(dataset, task, model.Plan);
    }

    /// <summary>Measures the model as it is; NaN if an output is not a number.</summary>
    /// <exception cref="DatasetException">A metric has no value for the data.</exception>
    public IReadOnlyDictionary<Metric, double> Measure()
    {
        float[] outputs = ModelEvaluation.OutputsOf(model, dataset);
        if (Array.Exists(outputs, float.IsNaN))
            return metrics.ToDictionary(metric => metric, _ => double.NaN);
        meaning.Targets?.Invert(outputs, outputs);
        var report = new MetricReport(dataset.Name, meaning, model.Plan.OutputCount, outputs, truth);
        return metrics.ToDictionary(metric => metric, metric => report[metric]);
    }
}
