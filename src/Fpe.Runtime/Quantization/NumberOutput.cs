using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Quantization;

/// <summary>Turns the sums of the last layer's rows into numbers, in single precision: one product and the activation.</summary>
/// <param name="Biases">One for each row of each tile, in units of the sums.</param>
/// <param name="Scales">The number that one unit of a sum stands for, for each row of each tile.</param>
/// <param name="Activation">The activation of the layer.</param>
internal sealed record NumberOutput(int[] Biases, float[] Scales, ElementFunction Activation)
{
    /// <summary>Returns the output of a row for one sample.</summary>
    public float Finish(int row, int sum)
    {
        float output = (sum + Biases[row]) * Scales[row];
        return Activation == ActivationFunction.Identity ? output : PlainActivation<float>.Apply(Activation, output);
    }
}
