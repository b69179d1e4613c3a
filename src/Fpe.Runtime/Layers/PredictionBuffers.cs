using System.Numerics;

namespace Fpe;

/// <summary>
/// Buffers for predictions, one set for each that runs at the same time. They are kept for the next one, so that nothing is
/// allocated once as many have run at the same time as ever will.
/// </summary>
/// <param name="model">The model.</param>
internal sealed class PredictionBuffers(Model model)
{
    /// <summary>The most samples that are computed at once.</summary>
    public const int MaximumBatch = 256;

    // Sets for batches of up to 1, 2, 4, … samples.
    private readonly Stack<PassBuffers>[] idle =
        [.. Enumerable.Range(0, BitOperations.Log2(MaximumBatch) + 1).Select(_ => new Stack<PassBuffers>())];

    /// <summary>Takes a set that holds a number of samples, or as many as are computed at once.</summary>
    public PassBuffers Take(int samples)
    {
        int size = SizeOf(Math.Min(samples, MaximumBatch));
        lock (idle)
        {
            if (idle[size].TryPop(out PassBuffers? buffers))
                return buffers;
        }

        return new PassBuffers(model, model.Device.AllocateActivations(model.Plan.InputCount, 1 << size), training: false);
    }

    /// <summary>Gives a set back.</summary>
    public void Return(PassBuffers buffers)
    {
        lock (idle)
            idle[SizeOf(buffers.Inputs.Capacity)].Push(buffers);
    }

    /// <summary>Frees all sets; none may be in use.</summary>
    public void Free()
    {
        lock (idle)
        {
            foreach (PassBuffers buffers in idle.SelectMany(stack => stack))
            {
                buffers.Dispose();
                buffers.Inputs.Dispose();
            }

            Array.ForEach(idle, stack => stack.Clear());
        }
    }

    private static int SizeOf(int samples) => BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)samples));
}
