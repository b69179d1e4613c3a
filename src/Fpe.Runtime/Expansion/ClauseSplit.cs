using Fpe.Numerics;

namespace Fpe.Expansion;

/// <summary>
/// <see cref="Split.Clause"/>: groups of inputs are dealt whole, so that the numbers of groups per child differ by at most
/// one; then the inputs of no group follow one by one, in random order, each to a child with the fewest edges.
/// </summary>
internal sealed class ClauseSplit : ISplitStrategy
{
    private const int NoClause = -1;

    private readonly int[] clauseOf;
    private readonly int clauseCount;
    private readonly int[] looseInputs;

    /// <summary>Creates the strategy.</summary>
    /// <param name="clauses">Disjoint, non-empty groups of inputs.</param>
    /// <param name="inputs">Inputs of the layer.</param>
    public ClauseSplit(IReadOnlyList<IReadOnlyList<int>> clauses, int inputs)
    {
        clauseCount = clauses.Count;
        clauseOf = new int[inputs];
        Array.Fill(clauseOf, NoClause);
        for (int clause = 0; clause < clauses.Count; clause++)
        {
            foreach (int input in clauses[clause])
                clauseOf[input] = clause;
        }

        looseInputs = [.. Enumerable.Range(0, inputs).Where(input => clauseOf[input] == NoClause)];
    }

    /// <inheritdoc/>
    public void Draw(Span<int> childOf, int children, RandomStream random)
    {
        var childOfClause = new int[clauseCount];
        BalancedDeal.Draw(childOfClause, children, random);

        var edges = new int[children];
        for (int input = 0; input < childOf.Length; input++)
        {
            if (clauseOf[input] == NoClause)
                continue;
            childOf[input] = childOfClause[clauseOf[input]];
            edges[childOf[input]]++;
        }

        DealLooseInputs(childOf, edges, random);
    }

    private void DealLooseInputs(Span<int> childOf, int[] edges, RandomStream random)
    {
        // equal children take turns in a random order, so that none is favoured
        int[] turns = random.Permutation(edges.Length);
        var smallest = new PriorityQueue<int, (int Edges, int Turn)>(edges.Length);
        for (int child = 0; child < edges.Length; child++)
            smallest.Enqueue(child, (edges[child], turns[child]));

        var loose = (int[])looseInputs.Clone();
        random.Shuffle<int>(loose);
        foreach (int input in loose)
        {
            int child = smallest.Peek();
            childOf[input] = child;
            edges[child]++;
            smallest.DequeueEnqueue(child, (edges[child], turns[child]));
        }
    }
}
