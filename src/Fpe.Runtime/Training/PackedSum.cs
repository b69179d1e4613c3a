using Fpe.Compute;
using Fpe.Distributed;

namespace Fpe.Training;

/// <summary>
/// The sum of several buffers over all chunks, which are sent as one: gradients that are short, without elements that belong to no edge, tables
/// of positions, running statistics and losses.
/// </summary>
internal sealed class PackedSum : IDisposable
{
    private readonly Member[] members;
    private readonly DeviceBuffer[] packed;
    private readonly float[] own;
    private readonly float[] all;
    private readonly TreeSum sum;

    /// <summary>Prepares the sum.</summary>
    /// <param name="group">The ranks.</param>
    /// <param name="tree">The tree over chunks.</param>
    /// <param name="members">At least one buffer.</param>
    public PackedSum(ProcessGroup group, ChunkTree tree, Member[] members)
    {
        this.members = members;
        all = new float[members.Sum(member => member.Count)];
        own = new float[members.Max(member => member.Target.Length)];
        Device device = members[0].Target.Device;
        packed = [.. members[0].Nodes.Select(_ => device.Allocate(all.Length))];
        sum = new TreeSum(group, tree, packed, new SegmentedBuffer(packed[0], group.Size));
    }

    /// <summary>Starts; the nodes of all members are complete.</summary>
    public void Start()
    {
        for (int n = 0; n < packed.Length; n++)
        {
            int start = 0;
            foreach (Member member in members)
            {
                Span<float> values = all.AsSpan(start, member.Count);
                start += member.Count;
                if (member.Existing is not { } runs)
                {
                    member.Nodes[n].Read(values);
                    continue;
                }

                member.Nodes[n].Read(own.AsSpan(0, member.Target.Length));
                foreach ((int first, int count) in runs)
                {
                    own.AsSpan(first, count).CopyTo(values);
                    values = values[count..];
                }
            }

            packed[n].Write(all);
        }

        sum.Start();
    }

    /// <summary>Waits for the sums, and writes them to the members.</summary>
    public void Complete()
    {
        sum.Complete();
        packed[0].Read(all);
        int start = 0;
        foreach (Member member in members)
        {
            ReadOnlySpan<float> values = all.AsSpan(start, member.Count);
            start += member.Count;
            if (member.Existing is not { } runs)
            {
                member.Target.Write(values);
                continue;
            }

            Span<float> written = own.AsSpan(0, member.Target.Length);
            written.Clear();
            foreach ((int first, int count) in runs)
            {
                values[..count].CopyTo(written[first..]);
                values = values[count..];
            }

            member.Target.Write(written);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        sum.Dispose();
        foreach (DeviceBuffer buffer in packed)
            buffer.Dispose();
    }

    /// <summary>One of the buffers.</summary>
    /// <param name="Nodes">Its sums over the nodes of this rank.</param>
    /// <param name="Target">Receives its sum over all chunks.</param>
    /// <param name="Existing">The elements that are sent, as ascending runs; null for all.</param>
    internal sealed record Member(IReadOnlyList<DeviceBuffer> Nodes, DeviceBuffer Target, (int First, int Count)[]? Existing)
    {
        /// <summary>The number of elements that are sent.</summary>
        public int Count { get; } = Existing?.Sum(run => run.Count) ?? Target.Length;

        /// <summary>Returns the elements of a parameter that exist, as runs; null for all.</summary>
        public static (int First, int Count)[]? ExistingOf(Parameter parameter)
        {
            if (parameter.Edges is not { } edges || edges.StorageLength == edges.Layout.EdgeCount)
                return null;
            bool[] isEdge = edges.FindEdges();
            var runs = new List<(int First, int Count)>();
            for (int i = 0; i < isEdge.Length; i++)
            {
                if (!isEdge[i])
                    continue;
                if (i > 0 && isEdge[i - 1])
                    runs[^1] = (runs[^1].First, runs[^1].Count + 1);
                else
                    runs.Add((i, 1));
            }

            return [.. runs];
        }
    }
}
