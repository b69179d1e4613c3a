using Fpe.Compute;

namespace Fpe;

/// <summary>
/// A model whose sizes are known at run time only, for sweeps over widths and factors. What the compiler proves of a declared
/// model is checked here when the plan is made.
/// </summary>
/// <param name="plan">The layers, and the counts that follow from them.</param>
/// <param name="seed">Seed of the initial weights and of the split.</param>
/// <param name="device">Where the model lives; <see cref="Device.Default"/> where null.</param>
public sealed class PlannedModel(ModelPlan plan, long seed = 0, Device? device = null)
    : Model(plan, seed, device ?? Device.Default)
{
    /// <summary>Computes the outputs of one sample or several.</summary>
    /// <param name="inputs">Samples row by row: [batch, inputs].</param>
    /// <param name="outputs">Receives the outputs row by row: [batch, outputs].</param>
    /// <exception cref="ArgumentException">The lengths are not whole samples, or do not match each other.</exception>
    public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) => ForwardBatch(inputs, outputs);

    /// <summary>The class whose output is largest, the first of equals.</summary>
    /// <param name="input">One sample.</param>
    /// <exception cref="ArgumentException">The length is not that of one sample.</exception>
    public int Predict(ReadOnlySpan<float> input) => PredictClass(input);
}
