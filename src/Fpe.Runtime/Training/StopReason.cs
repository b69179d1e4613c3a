namespace Fpe.Training;

/// <summary>Specifies why a training run ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were run.</summary>
    Completed,

    /// <summary>The validation loss, or the metric of early stopping, stopped improving; the best weights were restored.</summary>
    EarlyStopped,

    /// <summary>The caller cancelled the run; the model has the weights of the last step.</summary>
    Cancelled,
}
