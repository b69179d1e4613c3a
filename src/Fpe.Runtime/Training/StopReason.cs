namespace Fpe.Training;

/// <summary>Why a training run ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were run.</summary>
    Completed,

    /// <summary>The validation loss stopped falling; the best weights were restored.</summary>
    EarlyStopped,

    /// <summary>The caller asked for it; the model has the weights of the last step.</summary>
    Cancelled,
}
