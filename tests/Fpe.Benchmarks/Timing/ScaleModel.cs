namespace Fpe.Benchmarks.Timing;

/// <summary>
/// How long a step takes on several ranks, on paper: measured times of one core, and a network of which the bandwidth and the latency are given.
/// Each rank computes its part of the batch; a segment of all gradients goes to every rank, and the sums or weights come back; what is sent while
/// the layers before compute costs nothing beyond their time.
/// </summary>
/// <param name="Weights">Weights of the network, in layers of the same size.</param>
/// <param name="PerSample">Seconds of one core for one weight and one sample.</param>
/// <param name="PerStep">Seconds of one core for one weight and one step, whatever the batch: the optimizer.</param>
/// <param name="PerChunk">Seconds of one core for one weight and one chunk: its gradient is added.</param>
internal sealed record ScaleModel(double Weights, double PerSample, double PerStep, double PerChunk)
{
    private const int Layers = 4;

    /// <summary>Of the three products of a layer, two belong to the backward pass.</summary>
    private const double Backward = 2.0 / 3;

    private const double BitsPerWeight = 32;

    /// <summary>Returns the seconds of a step.</summary>
    /// <param name="ranks">The number of ranks.</param>
    /// <param name="cores">The cores of each rank, which share its computing.</param>
    /// <param name="batch">The samples of a step.</param>
    /// <param name="gigabits">The bandwidth of each rank in each direction, in Gbit/s.</param>
    /// <param name="latency">Seconds until a message arrives.</param>
    public double StepTime(int ranks, int cores, int batch, double gigabits, double latency)
    {
        double compute = Weights * PerSample * batch / ranks / cores;
        double update = Weights * PerStep / ranks / cores;
        if (ranks == 1)
            return compute + update;

        // As many chunks as ranks, so each rank adds the gradients of all others for its segment.
        double sums = Weights * PerChunk * (ranks - 1) / ranks / cores;
        double wire = 2 * BitsPerWeight * Weights * (ranks - 1) / ranks / (gigabits * 1e9);
        double hidden = Math.Min(wire * (Layers - 1) / Layers, compute * Backward * (Layers - 1) / Layers);
        return compute + update + sums + wire - hidden + (2 * latency);
    }
}
