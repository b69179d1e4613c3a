using System.Collections;
using Fpe.Compute;
using Fpe.Numerics;

namespace Fpe.Runtime.Tests.Compute;

/// <summary>Random layouts of every structure.</summary>
internal static class Layouts
{
    public static IEnumerable<EdgeLayout> All(int outputs, int inputs)
    {
        var random = new RandomStream(outputs, RandomPurpose.Synthesis, inputs);
        EdgeLayout dense = EdgeLayout.Dense(outputs, inputs);
        yield return dense;
        yield return dense.WithHoles(Keep(dense, random));

        EdgeLayout shared = Blocks(EdgeStructure.SharedBlocks, outputs, inputs, random, largest: 1 + outputs / 2);
        yield return shared;
        yield return shared.WithHoles(Keep(shared, random));
        yield return Blocks(EdgeStructure.OwnPartition, outputs, inputs, random, largest: 1);
        yield return Blocks(EdgeStructure.Sparse, outputs, inputs, random, largest: 1);
    }

    /// <summary>Blocks of up to <paramref name="largest"/> rows in random order, each with random columns; now and then none.</summary>
    private static EdgeLayout Blocks(EdgeStructure structure, int outputs, int inputs, RandomStream random, int largest)
    {
        var rows = random.Permutation(outputs);
        var blocks = new List<(int[] Rows, int[] Columns)>();
        for (int first = 0; first < outputs;)
        {
            int count = Math.Min(outputs - first, 1 + random.NextInt32(largest));
            var columns = random.Permutation(inputs).AsSpan(0, random.NextInt32(inputs + 1)).ToArray();
            Array.Sort(columns);
            blocks.Add((rows[first..(first + count)], columns));
            first += count;
        }

        return EdgeLayout.OfBlocks(structure, outputs, inputs, blocks);
    }

    private static BitArray Keep(EdgeLayout layout, RandomStream random)
    {
        var kept = new BitArray(layout.SlotCount);
        for (int slot = 0; slot < kept.Length; slot++)
            kept[slot] = random.NextInt32(4) > 0;
        return kept;
    }
}
