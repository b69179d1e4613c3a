using Fpe.Compute;

namespace Fpe;

/// <summary>
/// A model whose sizes are known only at run time, for sweeps over widths and factors. What the compiler proves for a declared model is
/// checked when the plan is created.
/// </summary>
/// <param name="plan">The layers, and the counts that follow from them.</param>
/// <param name="seed">Seed of the initial weights and of the split.</param>
/// <param name="device">The device that holds the model; <see cref="Device.Default"/> if null.</param>
public sealed class PlannedModel(ModelPlan plan, long seed = 0, Device? device = null)
    : Model(plan, seed, device ?? Device.Default)
{
    /// <summary>Computes the outputs of one or more samples.</summary>
    /// <param name="inputs">Samples row by row: [batch, inputs].</param>
    /// <param name="outputs">Receives the outputs row by row: [batch, outputs].</param>
    /// <exception cref="ArgumentException">A length is not a whole number of samples, or the lengths do not match.</exception>
    public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) => ForwardBatch(inputs, outputs);

    /// <summary>Predicts the class of one sample: the one with the largest output, the first of equal ones, or 0 or 1 for binary classification.</summary>
    /// <param name="input">One sample, as it was read.</param>
    /// <exception cref="TaskMismatchException">The task has no single class.</exception>
    /// <exception cref="ArgumentException">The length is not that of one sample, or a value is not finite.</exception>
    public int Predict(ReadOnlySpan<float> input) => PredictClass(input);
}
