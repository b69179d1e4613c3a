using System.Globalization;

namespace Fpe.Training;

/// <summary>The loss became infinite or not a number. The weights are spoilt; start again with a lower learning rate or a gradient norm limit.</summary>
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

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>The step within the epoch, from 1.</summary>
    public int Step { get; }
}
