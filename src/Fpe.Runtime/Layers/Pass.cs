using Fpe.Numerics;

namespace Fpe;

/// <summary>One pass of a batch through the layers.</summary>
/// <param name="Batch">Number of samples.</param>
/// <param name="Training">Whether layers behave as in training, for example with dropout.</param>
/// <param name="Seed">Seed of the random numbers of the pass.</param>
/// <param name="Step">Number of the training step, from 0; together with the seed, it determines the random numbers.</param>
/// <param name="KeepsGradients">
/// Whether the backward pass leaves the gradient with respect to the weighted sums of every <see cref="Linear"/> layer in its buffers.
/// </param>
public readonly record struct Pass(int Batch, bool Training, long Seed, long Step, bool KeepsGradients = false)
{
    // One stream per step and layer: up to 2¹⁶ layers and 2⁴⁰ steps.
    private const int LayerBits = 16;

    /// <summary>Creates a pass that predicts.</summary>
    public static Pass Predicting(int batch) => new(batch, Training: false, Seed: 0, Step: 0);

    /// <summary>Returns the number of the random stream of a layer in this step.</summary>
    /// <param name="purpose">What the numbers are for.</param>
    /// <param name="layer">Position of the layer, from 0.</param>
    public ulong StreamOf(RandomPurpose purpose, int layer) => RandomStream.StreamOf(purpose, (Step << LayerBits) | (uint)layer);
}
