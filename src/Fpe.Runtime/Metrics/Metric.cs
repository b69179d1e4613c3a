namespace Fpe.Metrics;

/// <summary>Names a number that says how good predictions are; <see cref="MetricReport"/> defines each.</summary>
public enum Metric
{
    /// <summary>The fraction of samples that are predicted correctly.</summary>
    Accuracy,

    /// <summary>The mean negative logarithm of the probability of what is true; lower is better.</summary>
    LogLoss,

    /// <summary>The fraction of predictions of a class that are correct.</summary>
    Precision,

    /// <summary>The fraction of samples of a class that are predicted as it.</summary>
    Recall,

    /// <summary>The harmonic mean of precision and recall.</summary>
    F1,

    /// <summary>The area under the receiver operating characteristic.</summary>
    RocAuc,

    /// <summary>The area under the steps of the precision-recall curve.</summary>
    AveragePrecision,

    /// <summary>The fraction of the variance of targets that is explained.</summary>
    RSquared,

    /// <summary>The mean absolute error in the units of the targets; lower is better.</summary>
    MeanAbsoluteError,

    /// <summary>The root of the mean squared error in the units of the targets; lower is better.</summary>
    RootMeanSquaredError,
}
