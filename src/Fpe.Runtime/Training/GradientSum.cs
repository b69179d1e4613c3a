using Fpe.Compute;
using Fpe.Distributed;

namespace Fpe.Training;

/// <summary>The sum of a long gradient over all chunks. If some of its elements belong to no edge, only the others are sent.</summary>
internal sealed class GradientSum : IDisposable
{
    private readonly int own;
    private readonly EdgeGaps? gaps;
    private readonly TreeSum sum;
    private readonly DeviceBuffer[] values = [];

    /// <summary>Prepares the sum.</summary>
    /// <param name="group">The ranks.</param>
    /// <param name="tree">The tree over chunks.</param>
    /// <param name="nodes">The sums over the nodes of this rank.</param>
    /// <param name="parameter">The parameter, whose gradient receives the sum.</param>
    /// <param name="isShard">Whether each rank gets only its segment, and updates it.</param>
    public GradientSum(ProcessGroup group, ChunkTree tree, IReadOnlyList<DeviceBuffer> nodes, Parameter parameter, bool isShard)
    {
        own = group.Rank;
        gaps = group.Size > 1 && parameter.Count < parameter.Value.Length ? new EdgeGaps(parameter.Edges!, group.Size) : null;
        var divided = new SegmentedBuffer(parameter.Gradient, gaps?.Segments ?? Segments.Of(parameter.Gradient.Length, group.Size));
        sum = new TreeSum(group, tree, nodes, divided, isWhole: !isShard, gaps);
        if (!isShard)
            return;
        Values = divided with { Buffer = parameter.Value };
        values = [.. Enumerable.Range(0, group.Size).Select(Values.SliceOf)];
    }

    /// <summary>What ranks exchange after they have updated their segments, while its gaps are closed; null if each updates all.</summary>
    public SegmentedBuffer? Values { get; }

    /// <summary>Starts; the nodes of this rank are complete.</summary>
    public void Start() => sum.Start();

    /// <inheritdoc cref="TreeSum.Advance"/>
    public bool Advance() => sum.Advance();

    /// <summary>Waits until the sum is complete: all of it, or only the segment of this rank; the others are then undefined.</summary>
    public void Complete() => sum.Complete();

    /// <summary>Closes the gaps of <see cref="Values"/> that this rank sends; it has updated its segment.</summary>
    public void CloseValues()
    {
        if (Values is not null)
            gaps?.Close(own, values[own]);
    }

    /// <summary>Opens the gaps again.</summary>
    /// <param name="isReceived">Whether what others have updated was received; if not, each of their weights is the new or the old one.</param>
    public void OpenValues(bool isReceived)
    {
        if (Values is null || gaps is null)
            return;
        for (int rank = 0; rank < values.Length; rank++)
        {
            if (isReceived || rank == own)
                gaps.Open(rank, values[rank]);
        }

        if (!isReceived)
            gaps.Clear(Values.Buffer);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        sum.Dispose();
        gaps?.Dispose();
    }
}
