using Fpe.Compute;
using Fpe.Distributed;

namespace Fpe.Training;

/// <summary>The gradients by the weights of all possible edges, summed over the chunks of one batch: those that an exchange of edges needs.</summary>
internal sealed class EdgeGradients : IDisposable
{
    private readonly (EdgeLayer Layer, int Position, DeviceBuffer Gradient, ChunkSums Sums)[] layers;

    /// <summary>Makes room for the gradients of some layers.</summary>
    public EdgeGradients(Model model, IEnumerable<EdgeLayer> layers, ChunkTree tree, int rank)
    {
        this.layers =
        [
            .. layers.Select(layer =>
            {
                DeviceBuffer gradient = model.Device.Allocate(checked(layer.Edges.OutputCount * layer.Edges.InputCount));
                int position = model.Layers.Index().First(at => ReferenceEquals(at.Item, layer)).Index;
                return (layer, position, gradient, new ChunkSums(gradient, tree, rank));
            }),
        ];
    }

    /// <summary>Adds a chunk, whose backward pass kept its gradients.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="buffers">The buffers of the pass.</param>
    /// <param name="samples">The number of samples of the chunk.</param>
    public void Add(int chunk, PassBuffers buffers, int samples)
    {
        foreach ((EdgeLayer layer, int position, _, ChunkSums sums) in layers)
        {
            DeviceBuffer target = sums.TargetOf(chunk);
            if (samples == 0)
                layer.Device.Kernels.Fill(target, 0);
            else
                target.Write(layer.GradientOfAllEdges(buffers.InputsOf(position)[0], buffers[position], samples));
            sums.Add(chunk);
        }
    }

    /// <summary>Sums the gradients over all ranks.</summary>
    public void Complete(ProcessGroup group, ChunkTree tree)
    {
        foreach ((_, _, DeviceBuffer gradient, ChunkSums sums) in layers)
        {
            using var sum = new TreeSum(group, tree, sums.Nodes, new SegmentedBuffer(gradient, group.Size));
            sum.Start();
            sum.Complete();
        }
    }

    /// <summary>Returns the gradient of a layer: [rows, columns], row by row.</summary>
    public double[] Of(EdgeLayer layer)
    {
        DeviceBuffer gradient = layers.First(own => ReferenceEquals(own.Layer, layer)).Gradient;
        var values = new double[gradient.Length];
        gradient.Read(values);
        return values;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, _, DeviceBuffer gradient, ChunkSums sums) in layers)
        {
            sums.Dispose();
            gradient.Dispose();
        }
    }
}
