using Fpe.Numerics;

namespace Fpe;

/// <summary>One pass of a batch through the layers.</summary>
/// <param name="Batch">Samples in use.</param>
/// <param name="Training">Whether layers behave as in training; dropout is active then.</param>
/// <param name="Seed">Seed of the random numbers of the pass.</param>
/// <param name="Step">Number of the training step, from 0; with the seed it determines the random numbers.</param>
/// <param name="KeepsGradients">
/// Whether the gradient by the weighted sums of every <see cref="Linear"/> layer is left in its buffers by the backward pass.
/// </param>
public readonly record struct Pass(int Batch, bool Training, long Seed, long Step, bool KeepsGradients = false)
{
    // A stream per step and layer: room for 2¹⁶ layers and 2⁴⁰ steps.
    private const int LayerBits = 16;

    /// <summary>A pass that predicts.</summary>
    public static Pass Predicting(int batch) => new(batch, Training: false, Seed: 0, Step: 0);

    /// <summary>Number of the random stream of a layer in this step.</summary>
    /// <param name="purpose">What the numbers are for.</param>
    /// <param name="layer">Position of the layer, from 0.</param>
    public ulong StreamOf(RandomPurpose purpose, int layer) => RandomStream.StreamOf(purpose, (Step << LayerBits) | (uint)layer);
}
