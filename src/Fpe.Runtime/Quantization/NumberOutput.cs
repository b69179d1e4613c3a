using System.Runtime.CompilerServices;
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

    /// <summary>Finishes a row of a panel.</summary>
    /// <param name="sums">Its sums, one for each sample.</param>
    /// <param name="row">The row, in the order of the tiles.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="y">Receives the output of the first sample.</param>
    /// <param name="stride">Outputs from one sample to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Row(int* sums, int row, int samples, float* y, int stride)
    {
        (int bias, float scale) = (Biases[row], Scales[row]);
        for (int s = 0; s < samples; s++, y += stride)
            *y = (sums[s] + bias) * scale;
        if (Activation == ActivationFunction.Identity)
            return;
        y -= (long)samples * stride;
        for (int s = 0; s < samples; s++, y += stride)
            *y = PlainActivation<float>.Apply(Activation, *y);
    }
}
