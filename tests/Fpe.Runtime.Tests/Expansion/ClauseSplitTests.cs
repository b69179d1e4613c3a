using Fpe.Expansion;
using Fpe.Numerics;

namespace Fpe.Runtime.Tests.Expansion;

public sealed class ClauseSplitTests
{
    [Fact]
    public void Clauses_stay_whole_and_are_dealt_evenly() => Chain.ForAll(chain =>
    {
        foreach (ParentLayer layer in chain.Parents.Where(layer => layer.Expansion is { IsExpanded: true, Strategy: Split.Clause }))
        {
            int[] childOf = Draw(layer.Expansion.Clauses, layer.Inputs, layer.Expansion.Factor);
            var clauses = new int[layer.Expansion.Factor];
            foreach (IReadOnlyList<int> clause in layer.Expansion.Clauses)
            {
                Assert.Single(clause.Select(input => childOf[input]).Distinct());
                clauses[childOf[clause[0]]]++;
            }

            Assert.InRange(clauses.Max() - clauses.Min(), 0, 1);
        }
    });

    [Fact]
    public void Inputs_in_no_clause_go_to_the_child_with_the_fewest_edges()
    {
        // one child has the clause of four; four loose inputs fill the other before one more goes to either
        int[] childOf = Draw([[0, 1, 2, 3]], inputs: 9, factor: 2);
        Assert.Single(childOf[..4].Distinct());
        Assert.InRange(childOf[4..].Count(child => child != childOf[0]), 4, 5);
    }

    [Fact]
    public void Loose_inputs_feed_the_children_without_a_clause()
    {
        int[] childOf = Draw([[0, 1, 2, 3]], inputs: 6, factor: 3);
        Assert.Equal(3, childOf.Distinct().Count());
    }

    [Fact]
    public void Loose_inputs_are_dealt_in_random_order()
    {
        var strategy = new ClauseSplit([[0], [1]], 12);
        var random = new RandomStream(3, RandomPurpose.IncomingSplit);
        var neighbours = 0;
        var childOf = new int[12];
        for (int draw = 0; draw < 100; draw++)
        {
            strategy.Draw(childOf, 2, random);
            neighbours += childOf[4] == childOf[5] ? 1 : 0;
        }

        Assert.InRange(neighbours, 20, 80);
    }

    private static int[] Draw(IReadOnlyList<IReadOnlyList<int>> clauses, int inputs, int factor)
    {
        var childOf = new int[inputs];
        new ClauseSplit(clauses, inputs).Draw(childOf, factor, new RandomStream(7, RandomPurpose.IncomingSplit));
        return childOf;
    }
}
