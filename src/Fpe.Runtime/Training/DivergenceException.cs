using System.Globalization;

namespace Fpe.Training;

/// <summary>
/// A loss became infinite or not a number, or a weight did. The weights are spoilt, unless only the validation data is to blame;
/// start again with a lower learning rate or a gradient norm limit.
/// </summary>
public sealed class DivergenceException : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="step">The step within the epoch, from 1.</param>
    /// <param name="loss">The loss of that step.</param>
    public DivergenceException(string model, int epoch, int step, double loss)
        : base(string.Create(CultureInfo.InvariantCulture, $"{model}: training diverged: the loss is {loss} in epoch {epoch}, step {step}; lower the learning rate or set MaximumGradientNorm."))
    {
        Epoch = epoch;
        Step = step;
    }

    /// <summary>Creates the error for a weight that is not finite, found before it was saved.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="step">Steps of the epoch that are finished.</param>
    /// <param name="weight">The weight, its value and its position.</param>
    internal DivergenceException(string model, int epoch, int step, string weight)
        : base(string.Create(CultureInfo.InvariantCulture, $"{model}: training diverged: {weight} in epoch {epoch}, step {step}; lower the learning rate or set MaximumGradientNorm."))
    {
        Epoch = epoch;
        Step = step;
    }

    /// <summary>Creates the error for a validation loss that was finite in no epoch.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="first">The first epoch of the model as it is, from 1.</param>
    /// <param name="last">The last epoch.</param>
    /// <param name="steps">Steps of an epoch.</param>
    internal DivergenceException(string model, int first, EpochReport last, int steps)
        : base(string.Create(CultureInfo.InvariantCulture, $"{model}: the validation loss is {last.Validation!.Value.Loss} in epoch {last.Epoch} and was a finite number in no epoch since epoch {first}; give the validation data the scale of the training data, lower the learning rate or set MaximumGradientNorm."))
    {
        Epoch = last.Epoch;
        Step = steps;
    }

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>The step within the epoch, from 1.</summary>
    public int Step { get; }
}
