using System.Collections;
using System.Globalization;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Sparsity;
using FsCheck;
using FsCheck.Fluent;

namespace Fpe.Runtime.Tests.Sparsity;

/// <summary>A random layer that learns its edges: blocks of up to 4 rows, the last ones perhaps shorter, and some of their columns.</summary>
internal sealed record RandomLayer(RowGroups Groups, EdgeLayout Layout, double[] Weights)
{
    // mutation tests repeat the properties some hundred times and make do with fewer layers
    private static readonly int MostRuns =
        int.Parse(Environment.GetEnvironmentVariable("FPE_RUNS_PER_PROPERTY") ?? "200", CultureInfo.InvariantCulture);

    public int Inputs => Layout.InputCount;

    public ColumnUnits Units => ColumnUnits.Of(Layout, Weights, Groups);

    /// <summary>Runs an assertion with many random streams; a failure names the number of the stream.</summary>
    public static void ForAll(Action<RandomStream> assert, int runs = int.MaxValue)
    {
        Arbitrary<int> numbers = Gen.Choose(0, int.MaxValue).ToArbitrary();
        Prop.ForAll(numbers, number => assert(new RandomStream(number, RandomPurpose.Synthesis))).Check(Config.QuickThrowOnFailure.WithMaxTest(Math.Min(runs, MostRuns)));
    }

    /// <summary>Blocks of 1 to 4 rows; the last neurons may be fewer.</summary>
    public static RowGroups DrawGroups(RandomStream random, int largestShare = 4) =>
        RowGroups.Of(1 + random.NextInt32(9), new ExpansionPlan(1 + random.NextInt32(3), Split.Learned, 1 + random.NextInt32(largestShare)));

    public static RandomLayer Draw(RandomStream random, int largestShare = 4)
    {
        RowGroups groups = DrawGroups(random, largestShare);
        int inputs = 1 + random.NextInt32(12);
        int density = random.NextInt32(9);
        bool isDense = random.NextInt32(2) == 0;
        var blocks = new (int[] Rows, int[] Columns)[groups.Count];
        var edges = new HashSet<(int Row, int Column)>();
        for (int group = 0; group < groups.Count; group++)
        {
            int[] rows = [.. Enumerable.Range(groups.First(group), groups.Size(group))];
            int[] columns = [.. Enumerable.Range(0, inputs).Where(_ => random.NextInt32(8) < density)];
            foreach (int column in columns)
            {
                int count = random.NextInt32(4) == 0 ? 1 + random.NextInt32(rows.Length) : rows.Length;
                edges.UnionWith(random.Permutation(rows.Length)[..count].Select(row => (rows[row], column)));
            }

            blocks[group] = (rows, columns);
        }

        EdgeLayout layout = isDense
            ? EdgeLayout.Dense(groups.RowCount, inputs)
            : EdgeLayout.OfBlocks(groups.AreSingle ? EdgeStructure.Sparse : EdgeStructure.SharedBlocks, groups.RowCount, inputs, blocks);
        var kept = new BitArray([.. Slots(layout).Select(edges.Contains)]);
        return new RandomLayer(groups, layout.WithHoles(kept), DrawWeights(kept, random));
    }

    /// <summary>Row and column of each slot.</summary>
    public static IEnumerable<(int Row, int Column)> Slots(EdgeLayout layout)
    {
        var slots = new List<(int Row, int Column)>();
        for (int b = 0; b < layout.BlockCount; b++)
        {
            foreach (int row in layout.Block(b).Rows)
            {
                foreach (int column in layout.Block(b).Columns)
                    slots.Add((row, column));
            }
        }

        return slots;
    }

    /// <summary>Of a few values or of many; 0 at holes.</summary>
    public static double[] DrawWeights(BitArray kept, RandomStream random)
    {
        bool hasTies = random.NextInt32(2) == 0;
        var weights = new double[kept.Length];
        for (int slot = 0; slot < weights.Length; slot++)
            weights[slot] = !kept[slot] ? 0 : hasTies ? random.NextInt32(5) - 2 : random.NextDouble() - 0.5;
        return weights;
    }
}
