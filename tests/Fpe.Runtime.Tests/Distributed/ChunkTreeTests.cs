using Fpe.Distributed;

namespace Fpe.Runtime.Tests.Distributed;

public class ChunkTreeTests
{
    [Fact]
    public void Nodes_of_all_ranks_are_all_chunks_once_and_make_one_tree()
    {
        for (int chunks = 1; chunks <= 64; chunks *= 2)
        {
            for (int ranks = 1; ranks <= chunks; ranks++)
            {
                var tree = new ChunkTree(chunks, ranks);
                var nodes = new List<ChunkNode>();
                int next = 0;
                for (int rank = 0; rank < ranks; rank++)
                {
                    Assert.Equal(next, tree.RangeOf(rank).First);
                    foreach (ChunkNode node in tree.NodesOf(rank))
                    {
                        Assert.Equal(next, node.First);
                        Assert.Equal(0, node.First % node.Count);
                        next += node.Count;
                        ChunkTree.Push(nodes, node, (_, _) => { });
                    }

                    Assert.Equal(next, tree.RangeOf(rank).End);
                }

                Assert.Equal([new ChunkNode(0, chunks)], nodes);
            }
        }
    }

    /// <summary>Whoever sums up to some chunks at once adds them in the order of the tree.</summary>
    [Fact]
    public void Leaves_of_a_rank_make_its_nodes()
    {
        for (int ranks = 1; ranks <= 16; ranks++)
        {
            var tree = new ChunkTree(16, ranks);
            for (int rank = 0; rank < ranks; rank++)
            {
                for (int most = 1; most <= 32; most *= 2)
                {
                    var nodes = new List<ChunkNode>();
                    foreach (ChunkNode leaf in tree.LeavesOf(rank, most))
                    {
                        Assert.True(leaf.Count <= most && leaf.First % leaf.Count == 0);
                        ChunkTree.Push(nodes, leaf, (_, _) => { });
                    }

                    Assert.Equal(tree.NodesOf(rank), nodes);
                }
            }
        }
    }

    /// <summary>The sum in another order would have other bits: the texts show the order.</summary>
    [Theory]
    [InlineData(8, 1)]
    [InlineData(8, 2)]
    [InlineData(8, 3)]
    [InlineData(8, 5)]
    [InlineData(8, 8)]
    public void Every_number_of_ranks_adds_in_the_same_order(int chunks, int ranks)
    {
        var tree = new ChunkTree(chunks, ranks);
        var nodes = new List<ChunkNode>();
        var texts = new List<string>();
        for (int rank = 0; rank < ranks; rank++)
        {
            (int first, int end) = tree.RangeOf(rank);
            var own = new List<ChunkNode>();
            var sums = new List<string>();
            for (int chunk = first; chunk < end; chunk++)
            {
                sums.Add($"{chunk}");
                ChunkTree.Push(own, new ChunkNode(chunk, 1), (left, right) => Join(sums, left, right));
            }

            Assert.Equal(tree.NodesOf(rank), own);
            foreach ((ChunkNode node, string sum) in own.Zip(sums))
            {
                texts.Add(sum);
                ChunkTree.Push(nodes, node, (left, right) => Join(texts, left, right));
            }
        }

        Assert.Equal(["(((0+1)+(2+3))+((4+5)+(6+7)))"], texts);
    }

    private static void Join(List<string> sums, int left, int right)
    {
        sums[left] = $"({sums[left]}+{sums[right]})";
        sums.RemoveAt(right);
    }
}
