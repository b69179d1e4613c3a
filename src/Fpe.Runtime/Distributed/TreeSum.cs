using Fpe.Compute;

namespace Fpe.Distributed;

/// <summary>
/// The sum of a buffer over all chunks of all ranks, in two transfers: each rank receives the nodes of all ranks for its segment and adds them
/// in the order of the tree, and then all ranks receive the sums (a reduce-scatter and an all-gather).
/// </summary>
internal sealed class TreeSum : IDisposable
{
    private readonly IKernels kernels;
    private readonly Transfer? scatter;
    private readonly Transfer? gather;
    private readonly List<DeviceBuffer> received = [];
    private readonly List<(DeviceBuffer From, DeviceBuffer To)> joins = [];
    private readonly DeviceBuffer sum;
    private readonly DeviceBuffer result;
    private State state;

    /// <summary>Prepares the transfers.</summary>
    /// <param name="group">The ranks.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="own">The nodes of this rank, which are used up.</param>
    /// <param name="divided">Receives the sum; may be one of <paramref name="own"/>.</param>
    /// <param name="isWhole">Whether each rank gets the whole sum, or only its segment.</param>
    public TreeSum(ProcessGroup group, ChunkTree tree, IReadOnlyList<DeviceBuffer> own, SegmentedBuffer divided, bool isWhole = true)
    {
        DeviceBuffer whole = divided.Buffer;
        kernels = whole.Device.Kernels;
        if (group.Size == 1)
        {
            (sum, result) = (own[0], whole);
            return;
        }

        int count = divided.Segments[group.Rank].Count;
        result = divided.SliceOf(group.Rank);
        var sends = new List<TransferPart>();
        var receives = new List<TransferPart>();
        var nodes = new List<ChunkNode>();
        var terms = new List<DeviceBuffer>();
        for (int rank = 0; rank < group.Size; rank++)
        {
            (int start, int length) = divided.Segments[rank];
            if (rank != group.Rank && length > 0)
                sends.AddRange(own.Select(node => new TransferPart(rank, node, start, length)));
            IReadOnlyList<ChunkNode> theirs = tree.NodesOf(rank);
            for (int n = 0; n < theirs.Count; n++)
            {
                DeviceBuffer term = rank != group.Rank ? whole.Device.Allocate(result.Length)
                    : ReferenceEquals(own[n], whole) ? result : divided.SliceOf(own[n], rank);
                if (rank != group.Rank)
                    received.Add(term);
                if (rank != group.Rank && count > 0)
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
        gather = isWhole ? Segments.PrepareGather(group, divided) : null;
        sum = terms[0];
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
            state = State.Done;
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

        if (state == State.Gathering)
            gather!.Complete();
        state = State.Done;
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
        foreach ((DeviceBuffer from, DeviceBuffer to) in joins)
            kernels.AddScaled(from, 1, to);
        if (!ReferenceEquals(sum, result))
            kernels.Copy(sum, result);
        state = gather is null ? State.Done : State.Gathering;
        gather?.Start();
    }
}
