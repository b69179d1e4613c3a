using Fpe.Compute;
using Fpe.Distributed;

namespace Fpe.Training;

/// <summary>The sum of a long gradient over all chunks. If some of its elements belong to no edge, the others are sent packed.</summary>
internal sealed class GradientSum : IDisposable
{
    private readonly ProcessGroup group;
    private readonly IReadOnlyList<DeviceBuffer> nodes;
    private readonly Parameter parameter;
    private readonly DeviceBuffer gradient;
    private readonly bool isShard;
    private readonly EdgePacking? packing;
    private readonly DeviceBuffer[] packed = [];
    private readonly TreeSum sum;

    /// <summary>Prepares the sum.</summary>
    /// <param name="group">The ranks.</param>
    /// <param name="tree">The tree over chunks.</param>
    /// <param name="nodes">The sums over the nodes of this rank.</param>
    /// <param name="parameter">The parameter, whose gradient receives the sum.</param>
    /// <param name="isShard">Whether each rank gets only its segment, and updates it.</param>
    public GradientSum(ProcessGroup group, ChunkTree tree, IReadOnlyList<DeviceBuffer> nodes, Parameter parameter, bool isShard)
    {
        (this.group, this.nodes, this.parameter, this.isShard) = (group, nodes, parameter, isShard);
        gradient = parameter.Gradient;
        if (group.Size > 1 && EdgePacking.IsNeededFor(parameter))
        {
            packing = new EdgePacking(parameter.Edges!, group.Size);
            packed = [.. nodes.Select(_ => gradient.Device.Allocate(packing.Length))];
            sum = new TreeSum(group, tree, packed, new SegmentedBuffer(packed[0], packing.Segments), isWhole: !isShard);
            Values = isShard ? new SegmentedBuffer(packed[0], packing.Segments) : null;
            return;
        }

        var divided = new SegmentedBuffer(gradient, group.Size);
        sum = new TreeSum(group, tree, nodes, divided, isWhole: !isShard);
        Values = isShard ? divided with { Buffer = parameter.Value } : null;
    }

    /// <summary>What ranks exchange after they have updated their segments; null if each updates all.</summary>
    public SegmentedBuffer? Values { get; }

    /// <summary>Starts; the nodes of this rank are complete.</summary>
    public void Start()
    {
        for (int n = 0; n < packed.Length; n++)
        {
            for (int rank = 0; rank < group.Size; rank++)
                packing!.Pack(rank, nodes[n], packed[n]);
        }

        sum.Start();
    }

    /// <inheritdoc cref="TreeSum.Advance"/>
    public bool Advance() => sum.Advance();

    /// <summary>Waits until the sum is complete: all of it, or the segment of this rank.</summary>
    public void Complete()
    {
        sum.Complete();
        if (packing is null)
            return;
        for (int rank = 0; rank < group.Size; rank++)
        {
            if (!isShard || rank == group.Rank)
                packing.Unpack(rank, packed[0], gradient);
        }
    }

    /// <summary>Prepares <see cref="Values"/> to be sent; this rank has updated its segment of the parameter.</summary>
    public void PackValues()
    {
        if (Values is not null)
            packing?.Pack(group.Rank, parameter.Value, packed[0]);
    }

    /// <summary>Takes over what others have updated, after <see cref="Values"/> were received.</summary>
    public void UnpackValues()
    {
        if (Values is null || packing is null)
            return;
        for (int rank = 0; rank < group.Size; rank++)
        {
            if (rank != group.Rank)
                packing.Unpack(rank, packed[0], parameter.Value);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        sum.Dispose();
        foreach (DeviceBuffer buffer in packed)
            buffer.Dispose();
    }
}
