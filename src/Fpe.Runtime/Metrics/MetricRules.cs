namespace Fpe.Metrics;

/// <summary>Which tasks a metric fits, how it is named, and which way is better.</summary>
public static class MetricRules
{
    /// <summary>Returns whether a larger value of the metric is better.</summary>
    /// <param name="metric">The metric.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such metric.</exception>
    public static bool HigherIsBetter(this Metric metric) => metric switch
    {
        Metric.Accuracy or Metric.Precision or Metric.Recall or Metric.F1 or Metric.RocAuc or Metric.AveragePrecision or Metric.RSquared => true,
        Metric.LogLoss or Metric.MeanAbsoluteError or Metric.RootMeanSquaredError => false,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, message: null),
    };

    /// <summary>Returns whether the metric has a value for a task.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="task">The task.</param>
    public static bool Fits(this Metric metric, ModelTask task) =>
        metric is Metric.RSquared or Metric.MeanAbsoluteError or Metric.RootMeanSquaredError == (task == ModelTask.Regression);

    /// <summary>Checks that the metric has a value for a task.</summary>
    /// <exception cref="TaskMismatchException">It has none.</exception>
    internal static void Require(this Metric metric, ModelTask task)
    {
        if (metric.Fits(task))
            return;
        string fitting = string.Join(", ", Enum.GetValues<Metric>().Where(other => other.Fits(task)));
        throw new TaskMismatchException(metric.ToString(), $"it does not fit {task.Text()}; use {fitting}.");
    }
}
