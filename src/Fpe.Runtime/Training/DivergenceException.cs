using System.Globalization;

namespace Fpe.Training;

/// <summary>
/// Thrown when a loss or a weight becomes infinite or not a number. The weights are unusable unless only the validation data is the cause;
/// restart with a lower learning rate or a limit on the gradient norm.
/// </summary>
public sealed class DivergenceException : FpeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="epoch">The one-based epoch.</param>
    /// <param name="step">The one-based step within the epoch.</param>
    /// <param name="loss">The loss of that step.</param>
    public DivergenceException(string model, int epoch, int step, double loss)
        : base(string.Create(CultureInfo.InvariantCulture, $"{model}: training diverged: the loss is {loss} in epoch {epoch}, step {step}; lower the learning rate or set MaximumGradientNorm."))
    {
        Epoch = epoch;
        Step = step;
    }

    /// <summary>Creates the exception for a weight that is not finite, which is detected before it is saved.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="epoch">The one-based epoch.</param>
    /// <param name="step">The number of finished steps of the epoch.</param>
    /// <param name="weight">The weight, including its value and position.</param>
    internal DivergenceException(string model, int epoch, int step, string weight)
        : base(string.Create(CultureInfo.InvariantCulture, $"{model}: training diverged: {weight} in epoch {epoch}, step {step}; lower the learning rate or set MaximumGradientNorm."))
    {
        Epoch = epoch;
        Step = step;
    }

    /// <summary>Creates the exception for a validation loss that was not finite in any epoch.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="first">The first epoch of the model in its current structure, from 1.</param>
    /// <param name="last">The last epoch.</param>
    /// <param name="steps">The number of steps per epoch.</param>
    internal DivergenceException(string model, int first, EpochReport last, int steps)
        : base(string.Create(CultureInfo.InvariantCulture, $"{model}: the validation loss is {last.Validation!.Value.Loss} in epoch {last.Epoch} and has not been finite since epoch {first}; scale the validation data like the training data, lower the learning rate or set MaximumGradientNorm."))
    {
        Epoch = last.Epoch;
        Step = steps;
    }

    /// <summary>Gets the one-based epoch.</summary>
    public int Epoch { get; }

    /// <summary>Gets the one-based step within the epoch.</summary>
    public int Step { get; }
}
