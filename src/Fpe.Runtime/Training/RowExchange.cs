using System.Numerics;
using Fpe.Compute;
using Fpe.Distributed;

namespace Fpe.Training;

/// <summary>
/// Sends the rows of the nodes of each rank to all others, which have other rows: first how many they are, and then their numbers and values.
/// </summary>
internal sealed class RowExchange : IDisposable
{
    /// <summary>Elements by whose multiples the lengths of short messages grow.</summary>
    private const int ShortStep = 1 << 10;

    private readonly ProcessGroup group;
    private readonly Device device;
    private readonly int width;
    private readonly int[] peers;
    private readonly int[] senders;
    private readonly int[] firstNodes;
    private readonly double[] counts;
    private readonly DeviceBuffer countBuffer;
    private readonly Transfer countTransfer;
    private readonly Dictionary<int, Transfer> transfers = [];
    private DeviceBuffer[] messages = [];
    private double[] rowNumbers = [];
    private double[] values = [];
    private int[] rows = [];

    /// <summary>Prepares the exchange.</summary>
    /// <param name="group">The ranks.</param>
    /// <param name="tree">The tree whose nodes have the rows.</param>
    /// <param name="device">The device that sends and receives.</param>
    /// <param name="width">The length of a row.</param>
    public RowExchange(ProcessGroup group, ChunkTree tree, Device device, int width)
    {
        (this.group, this.device, this.width) = (group, device, width);
        int[] nodes = [.. Enumerable.Range(0, group.Size).Select(rank => tree.NodesOf(rank).Count)];
        senders = [.. nodes.SelectMany((count, rank) => Enumerable.Repeat(rank, count))];
        firstNodes = [.. nodes.Select((_, rank) => nodes.Take(rank).Sum())];
        peers = [.. Enumerable.Range(0, group.Size).Where(rank => rank != group.Rank)];
        counts = new double[senders.Length];
        countBuffer = device.Allocate(counts.Length);
        countTransfer = group.Prepare(
            [.. peers.Select(peer => new TransferPart(peer, countBuffer, firstNodes[group.Rank], nodes[group.Rank]))],
            [.. peers.Select(peer => new TransferPart(peer, countBuffer, firstNodes[peer], nodes[peer]))]);
    }

    /// <summary>Starts to send how many rows the nodes of this rank have.</summary>
    public void Start(IReadOnlyList<RowSums> own)
    {
        for (int n = 0; n < own.Count; n++)
            counts[firstNodes[group.Rank] + n] = own[n].Count;
        countBuffer.Write(counts);
        countTransfer.Start();
    }

    /// <summary>Sends the rows of the nodes of this rank, and waits for those of all others.</summary>
    public void Complete(IReadOnlyList<RowSums> own)
    {
        countTransfer.Complete();
        countBuffer.Read(counts);
        int largest = 0;
        for (int rank = 0; rank < group.Size; rank++)
            largest = Math.Max(largest, StartOf(rank, end: rank + 1 < group.Size ? firstNodes[rank + 1] : senders.Length));
        if (largest == 0)
            return;
        int length = RoundUp(largest);
        Reserve(length);
        for (int n = 0; n < own.Count; n++)
        {
            RowSums node = own[n];
            int start = StartOf(group.Rank, end: firstNodes[group.Rank] + n);
            for (int r = 0; r < node.Count; r++)
                rowNumbers[r] = node.Rows[r];
            messages[group.Rank].Write(rowNumbers.AsSpan(0, node.Count), start);
            messages[group.Rank].Write(node.Values, start + node.Count);
        }

        if (!transfers.TryGetValue(length, out Transfer? transfer))
            transfers.Add(length, transfer = Prepare(length));
        transfer.Start();
        transfer.Complete();
    }

    /// <summary>Returns the rank that has a node, and its position among those of the rank.</summary>
    /// <param name="node">The position of the node among those of all ranks.</param>
    public (int Rank, int Position) SenderOf(int node) => (senders[node], node - firstNodes[senders[node]]);

    /// <summary>Adds the rows of a node of another rank.</summary>
    /// <param name="node">The position of the node among those of all ranks.</param>
    /// <param name="sums">Receives the rows.</param>
    public void Read(int node, RowSums sums)
    {
        int start = StartOf(senders[node], end: node), count = (int)counts[node];
        if (count == 0)
            return;
        DeviceBuffer message = messages[senders[node]];
        message.Read(rowNumbers.AsSpan(0, count), start);
        for (int r = 0; r < count; r++)
            rows[r] = (int)rowNumbers[r];
        message.Read(values.AsSpan(0, count * width), start + count);
        sums.Add(rows.AsSpan(0, count), values.AsSpan(0, count * width));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        countTransfer.Dispose();
        countBuffer.Dispose();
        FreeMessages();
    }

    // At most a quarter more, or one short step, so that a few transfers serve all steps.
    private static int RoundUp(int length)
    {
        int step = Math.Max(ShortStep, (int)(BitOperations.RoundUpToPowerOf2((uint)length) / 8));
        return checked((((length - 1) / step) + 1) * step);
    }

    /// <summary>Returns the elements of a message before a node.</summary>
    private int StartOf(int rank, int end)
    {
        long rowCount = 0;
        for (int n = firstNodes[rank]; n < end; n++)
            rowCount += (long)counts[n];
        return checked((int)(rowCount * (width + 1)));
    }

    private Transfer Prepare(int length) => group.Prepare(
        [.. peers.Select(peer => new TransferPart(peer, messages[group.Rank], 0, length))],
        [.. peers.Select(peer => new TransferPart(peer, messages[peer], 0, length))]);

    private void Reserve(int length)
    {
        if (messages.Length > 0 && messages[0].Length >= length)
            return;
        FreeMessages();
        messages = [.. Enumerable.Range(0, group.Size).Select(_ => device.Allocate(length))];
        int most = length / (width + 1);
        (rowNumbers, rows, values) = (new double[most], new int[most], new double[most * width]);
    }

    private void FreeMessages()
    {
        foreach (Transfer transfer in transfers.Values)
            transfer.Dispose();
        transfers.Clear();
        foreach (DeviceBuffer message in messages)
            message.Dispose();
        messages = [];
    }
}
