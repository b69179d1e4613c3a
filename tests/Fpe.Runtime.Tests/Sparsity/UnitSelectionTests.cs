using System.Collections;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Sparsity;

namespace Fpe.Runtime.Tests.Sparsity;

public sealed class UnitSelectionTests
{
    [Fact]
    public void The_best_are_kept_one_by_one_if_they_fit() => RandomLayer.ForAll(random =>
    {
        ColumnUnits[] layers = Draw(random);
        var selection = new UnitSelection(layers);
        var kept = new HashSet<(int Layer, int Unit)>();
        for (int round = 0; round < 4; round++)
        {
            if (round == 1)
                KeepOne(layers, selection, kept, random);
            int? layer = random.NextInt32(2) == 0 ? random.NextInt32(layers.Length) : null;
            int? edges = random.NextInt32(2) == 0 ? 1 + random.NextInt32(8) : null;
            long room = random.NextInt32(2 + layers.Sum(own => own.Edges.Sum()));

            long left = selection.KeepBest(room, layer, edges);

            Assert.Equal(KeepByHand(layers, kept, room, layer, edges), left);
            Assert.Equal(kept.Order(), Kept(layers, selection));
            Assert.InRange(left, 0, room);
            Assert.All(
                All(layers).Where(unit => !kept.Contains(unit) && Fits(layers, unit, layer, edges)),
                unit => Assert.True(layers[unit.Layer].Edges[unit.Unit] > left));
        }
    });

    [Fact]
    public void The_best_that_is_left_is_the_first_of_the_largest() => RandomLayer.ForAll(random =>
    {
        ColumnUnits[] layers = Draw(random);
        var selection = new UnitSelection(layers);
        selection.KeepBest(random.NextInt32(2 + layers.Sum(own => own.Edges.Sum())));
        var kept = Kept(layers, selection).ToHashSet();
        (int Layer, int Unit)?[] left = [.. BySize(layers).Where(unit => !kept.Contains(unit))];
        Assert.Equal(left.FirstOrDefault(), selection.BestLeft());
        for (int l = 0; l < layers.Length; l++)
            Assert.Equal(left.FirstOrDefault(unit => unit?.Layer == l), selection.BestLeft(l));
    });

    [Fact]
    public void No_room_keeps_nothing()
    {
        ColumnUnits[] layers = [Units([3, 1], [1, 1])];
        var selection = new UnitSelection(layers);
        Assert.Equal(0, selection.KeepBest(0));
        Assert.Empty(Kept(layers, selection));
        Assert.Equal((0, 0), selection.BestLeft());
        Assert.Equal(3, selection.KeepBest(5));
        Assert.Null(selection.BestLeft());
    }

    [Fact]
    public void Of_equal_scores_the_earlier_is_kept_and_one_that_does_not_fit_is_passed_over()
    {
        ColumnUnits[] layers = [Units([1, 5, 1], [2, 4, 1]), Units([5, 5, 0], [4, 3, 1])];
        var selection = new UnitSelection(layers);
        Assert.Equal(0, selection.KeepBest(8));
        Assert.Equal([(0, 1), (1, 0)], Kept(layers, selection));
        Assert.Equal(0, selection.KeepBest(4));
        Assert.Equal([(0, 1), (0, 2), (1, 0), (1, 1)], Kept(layers, selection));
        Assert.Equal(0, selection.KeepBest(1));
        Assert.Equal([(0, 1), (0, 2), (1, 0), (1, 1), (1, 2)], Kept(layers, selection));
    }

    /// <summary>Zero, the smallest double, neighbours that differ in the last bit, infinity.</summary>
    [Fact]
    public void Scores_are_compared_in_all_their_bits()
    {
        double[] ascending = [0, double.Epsilon, 1e-300, 0.1, Math.BitIncrement(0.1), 1, Math.BitIncrement(1), double.MaxValue, double.PositiveInfinity];
        ColumnUnits[] layers = [ColumnUnits.None(RowGroups.Of(1, ExpansionPlan.None)).Absent(ascending.Length, (_, scores) => ascending.CopyTo(scores, 0))];
        for (int room = 0; room <= ascending.Length; room++)
        {
            var selection = new UnitSelection(layers);
            selection.KeepBest(room);
            Assert.Equal(Enumerable.Range(ascending.Length - room, room).Select(unit => (0, unit)), Kept(layers, selection));
        }
    }

    /// <summary>Small layers are selected from as often as large ones.</summary>
    [Fact]
    public void A_selection_from_few_units_takes_little_memory()
    {
        ColumnUnits[] layers = [Units([4, 3, 2, 1], [1, 1, 1, 1])];
        long before = GC.GetAllocatedBytesForCurrentThread();
        var selection = new UnitSelection(layers);
        selection.KeepBest(2);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 1 << 16);
        Assert.Equal([(0, 0), (0, 1)], Kept(layers, selection));
    }

    private static long KeepByHand(ColumnUnits[] layers, HashSet<(int Layer, int Unit)> kept, long room, int? layer, int? edges)
    {
        foreach ((int Layer, int Unit) unit in BySize(layers))
        {
            int cost = layers[unit.Layer].Edges[unit.Unit];
            if (cost <= room && Fits(layers, unit, layer, edges) && kept.Add(unit))
                room -= cost;
        }

        return room;
    }

    private static bool Fits(ColumnUnits[] layers, (int Layer, int Unit) unit, int? layer, int? edges) =>
        unit.Layer == (layer ?? unit.Layer) && layers[unit.Layer].Edges[unit.Unit] == (edges ?? layers[unit.Layer].Edges[unit.Unit]);

    private static void KeepOne(ColumnUnits[] layers, UnitSelection selection, HashSet<(int Layer, int Unit)> kept, RandomStream random)
    {
        (int Layer, int Unit)[] all = [.. All(layers)];
        if (all.Length == 0)
            return;
        (int Layer, int Unit) one = all[random.NextInt32(all.Length)];
        selection.Keep(one.Layer, one.Unit);
        kept.Add(one);
    }

    private static IEnumerable<(int Layer, int Unit)> All(ColumnUnits[] layers) =>
        layers.SelectMany((layer, l) => Enumerable.Range(0, layer.Count).Select(unit => (l, unit)));

    private static IEnumerable<(int Layer, int Unit)> BySize(ColumnUnits[] layers) =>
        All(layers).OrderByDescending(unit => layers[unit.Layer].Scores[unit.Unit]);

    private static IEnumerable<(int Layer, int Unit)> Kept(ColumnUnits[] layers, UnitSelection selection) =>
        All(layers).Where(unit => selection.Kept(unit.Layer)[unit.Unit]);

    private static ColumnUnits[] Draw(RandomStream random)
    {
        bool hasTies = random.NextInt32(2) == 0;
        return [.. Enumerable.Range(0, 1 + random.NextInt32(4)).Select(_ => DrawLayer())];

        ColumnUnits DrawLayer()
        {
            int count = random.NextInt32(15);
            return Units(
                [.. Enumerable.Range(0, count).Select(_ => hasTies ? random.NextInt32(4) : random.NextDouble())],
                [.. Enumerable.Range(0, count).Select(_ => 1 + random.NextInt32(8))]);
        }
    }

    /// <summary>A block of 8 rows; as many of them as a unit has edges read its column, with its score as their weight.</summary>
    private static ColumnUnits Units(double[] scores, int[] edges)
    {
        var kept = new BitArray(8 * scores.Length);
        var weights = new double[kept.Length];
        for (int unit = 0; unit < scores.Length; unit++)
        {
            for (int row = 0; row < edges[unit]; row++)
            {
                kept[(row * scores.Length) + unit] = true;
                weights[(row * scores.Length) + unit] = scores[unit];
            }
        }

        ColumnUnits units = ColumnUnits.Of(
            EdgeLayout.Dense(8, scores.Length).WithHoles(kept), weights, RowGroups.Of(8, new ExpansionPlan(1, Split.Learned, Share: 8)));
        Assert.Equal(edges, units.Edges);
        return units;
    }
}
