using System.Numerics;

namespace Fpe;

/// <summary>
/// A pool of buffers for predictions, one set per concurrent prediction. Sets are reused, so nothing is allocated once the highest
/// concurrency has been reached.
/// </summary>
/// <param name="model">The model.</param>
internal sealed class PredictionBuffers(Model model)
{
    /// <summary>The largest number of samples that are computed at once.</summary>
    public const int MaximumBatch = 256;

    // Sets for batches of up to 1, 2, 4, … samples.
    private readonly IdleBuffers<PassBuffers> idle = new(BitOperations.Log2(MaximumBatch) + 1);

    /// <summary>Takes a set that holds a number of samples, or <see cref="MaximumBatch"/> if that is smaller.</summary>
    public PassBuffers Take(int samples)
    {
        int size = SizeOf(Math.Min(samples, MaximumBatch));
        return idle.Take(size) ?? new PassBuffers(model, model.Device.AllocateActivations(model.Plan.InputCount, 1 << size), training: false);
    }

    /// <summary>Returns a set to the pool.</summary>
    public void Return(PassBuffers buffers) => idle.Return(SizeOf(buffers.Inputs.Capacity), buffers);

    /// <summary>Frees all sets; none may be in use.</summary>
    public void Free()
    {
        foreach (PassBuffers buffers in idle.TakeAll())
        {
            buffers.Dispose();
            buffers.Inputs.Dispose();
        }
    }

    private static int SizeOf(int samples) => BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)samples));
}
