namespace Fpe.Training;

/// <summary>Specifies why a training run ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were run.</summary>
    Completed,

    /// <summary>The validation loss stopped decreasing; the best weights were restored.</summary>
    EarlyStopped,

    /// <summary>The caller cancelled the run; the model has the weights of the last step.</summary>
    Cancelled,
}
