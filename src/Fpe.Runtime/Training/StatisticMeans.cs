using Fpe.Compute;
using Fpe.Distributed;

namespace Fpe.Training;

/// <summary>
/// The running statistics of a model whose batches are divided into chunks. Each chunk updates those from before the step, and the mean of what the
/// chunks make of them, weighted by their samples, is what the step leaves.
/// </summary>
internal sealed class StatisticMeans : IDisposable
{
    private readonly IKernels kernels;
    private readonly (DeviceBuffer Value, DeviceBuffer Before, DeviceBuffer Mean, ChunkSums Sums)[] own;

    /// <summary>Makes room for the running statistics of a model.</summary>
    public StatisticMeans(Model model, ChunkTree tree, int rank)
    {
        kernels = model.Device.Kernels;
        own =
        [
            .. model.Parameters.Where(parameter => parameter.Role == ParameterRole.Statistic).Select(parameter =>
            {
                DeviceBuffer mean = model.Device.Allocate(parameter.Value.Length);
                return (parameter.Value, model.Device.Allocate(mean.Length), mean, new ChunkSums(mean, tree, rank));
            }),
        ];
    }

    /// <summary>The sums over the nodes of this rank, and what receives those over all chunks.</summary>
    public IEnumerable<(IReadOnlyList<DeviceBuffer> Nodes, DeviceBuffer Mean)> Sums => own.Select(statistic => (statistic.Sums.Nodes, statistic.Mean));

    /// <summary>Begins a step.</summary>
    public void BeginStep()
    {
        foreach ((DeviceBuffer value, DeviceBuffer before, _, _) in own)
            kernels.Copy(value, before);
    }

    /// <summary>Begins a chunk.</summary>
    public void BeginChunk()
    {
        foreach ((DeviceBuffer value, DeviceBuffer before, _, _) in own)
            kernels.Copy(before, value);
    }

    /// <summary>Adds a chunk after its last forward pass.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="share">Its part of the samples of the step.</param>
    public void Add(int chunk, double share)
    {
        foreach ((DeviceBuffer value, _, _, ChunkSums sums) in own)
        {
            DeviceBuffer target = sums.TargetOf(chunk);
            kernels.Fill(target, 0);
            if (share > 0)
                kernels.AddScaled(value, share, target);
            sums.Add(chunk);
        }
    }

    /// <summary>Replaces the statistics of the model by the means, which are complete.</summary>
    public void Complete()
    {
        foreach ((DeviceBuffer value, _, DeviceBuffer mean, _) in own)
            kernels.Copy(mean, value);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, DeviceBuffer before, DeviceBuffer mean, ChunkSums sums) in own)
        {
            before.Dispose();
            mean.Dispose();
            sums.Dispose();
        }
    }
}
