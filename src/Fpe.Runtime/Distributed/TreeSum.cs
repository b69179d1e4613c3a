using Fpe.Compute;

namespace Fpe.Distributed;

/// <summary>
/// The sum of a buffer over all chunks of all ranks, in two transfers: each rank receives the nodes of all ranks for its segment and adds them
/// in the order of the tree, and then all ranks receive the sums (a reduce-scatter and an all-gather). Gaps are closed in what is sent, and opened
/// in what was received.
/// </summary>
internal sealed class TreeSum : IDisposable
{
    private readonly IKernels kernels;
    private readonly int own;
    private readonly EdgeGaps? gaps;
    private readonly Transfer? scatter;
    private readonly Transfer? gather;
    private readonly List<(int Rank, DeviceBuffer Segment)> sent = [];
    private readonly List<DeviceBuffer> received = [];
    private readonly DeviceBuffer[] gathered = [];
    private readonly List<(DeviceBuffer From, DeviceBuffer To)> joins = [];
    private readonly DeviceBuffer sum;
    private readonly DeviceBuffer result;
    private State state;

    /// <summary>Prepares the transfers.</summary>
    /// <param name="group">The ranks.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="ownNodes">The nodes of this rank, which are used up.</param>
    /// <param name="divided">Receives the sum; its buffer may be one of <paramref name="ownNodes"/>.</param>
    /// <param name="isWhole">Whether each rank gets the whole sum, or only its segment.</param>
    /// <param name="gaps">The gaps of the segments, if several ranks send less than whole ones.</param>
    public TreeSum(ProcessGroup group, ChunkTree tree, IReadOnlyList<DeviceBuffer> ownNodes, SegmentedBuffer divided, bool isWhole = true, EdgeGaps? gaps = null)
    {
        (own, this.gaps) = (group.Rank, gaps);
        DeviceBuffer whole = divided.Buffer;
        kernels = whole.Device.Kernels;
        if (group.Size == 1)
        {
            (sum, result) = (ownNodes[0], whole);
            return;
        }

        int count = divided.Segments[own].Count;
        result = divided.SliceOf(own);
        var sends = new List<TransferPart>();
        var receives = new List<TransferPart>();
        var nodes = new List<ChunkNode>();
        var terms = new List<DeviceBuffer>();
        for (int rank = 0; rank < group.Size; rank++)
        {
            (int start, int length) = divided.Segments[rank];
            if (rank != own && length > 0)
                sends.AddRange(ownNodes.Select(node => new TransferPart(rank, node, start, length)));
            if (rank != own)
                sent.AddRange(ownNodes.Select(node => (rank, divided.SliceOf(node, rank))));
            IReadOnlyList<ChunkNode> theirs = tree.NodesOf(rank);
            for (int n = 0; n < theirs.Count; n++)
            {
                DeviceBuffer term = rank != own ? whole.Device.Allocate(result.Length)
                    : ReferenceEquals(ownNodes[n], whole) ? result : divided.SliceOf(ownNodes[n], rank);
                if (rank != own)
                    received.Add(term);
                if (rank != own && count > 0)
                    receives.Add(new TransferPart(rank, term, 0, count));
                terms.Add(term);
                ChunkTree.Push(nodes, theirs[n], (left, right) =>
                {
                    bool endsInResult = ReferenceEquals(terms[right], result);
                    joins.Add(endsInResult ? (terms[left], terms[right]) : (terms[right], terms[left]));
                    terms.RemoveAt(endsInResult ? left : right);
                });
            }
        }

        scatter = group.Prepare(sends, receives);
        sum = terms[0];
        if (!isWhole)
            return;
        gather = Segments.PrepareGather(group, divided);
        gathered = [.. Enumerable.Range(0, group.Size).Select(divided.SliceOf)];
    }

    private enum State
    {
        Done,
        Scattering,
        Gathering,
    }

    /// <summary>Starts; the nodes of this rank are complete.</summary>
    public void Start()
    {
        state = State.Scattering;
        foreach ((int rank, DeviceBuffer segment) in sent)
            gaps?.Close(rank, segment);
        if (scatter is null)
            Add();
        else
            scatter.Start();
    }

    /// <summary>Continues as far as possible without waiting.</summary>
    /// <returns>Whether this rank has added its segment.</returns>
    public bool Advance()
    {
        if (state == State.Scattering && scatter!.TryComplete())
            Add();
        if (state == State.Gathering && gather!.TryComplete())
            EndGather();
        return state != State.Scattering;
    }

    /// <summary>Waits until the sum is complete.</summary>
    public void Complete()
    {
        if (state == State.Scattering)
        {
            scatter!.Complete();
            Add();
        }

        if (state != State.Gathering)
            return;
        gather!.Complete();
        EndGather();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        scatter?.Dispose();
        gather?.Dispose();
        foreach (DeviceBuffer buffer in received)
            buffer.Dispose();
    }

    private void Add()
    {
        foreach (DeviceBuffer term in received)
            gaps?.Open(own, term);
        foreach ((DeviceBuffer from, DeviceBuffer to) in joins)
            kernels.AddScaled(from, 1, to);
        if (!ReferenceEquals(sum, result))
            kernels.Copy(sum, result);
        state = State.Done;
        if (gather is null)
            return;
        gaps?.Close(own, result);
        state = State.Gathering;
        gather.Start();
    }

    private void EndGather()
    {
        for (int rank = 0; rank < gathered.Length; rank++)
            gaps?.Open(rank, gathered[rank]);
        state = State.Done;
    }
}
