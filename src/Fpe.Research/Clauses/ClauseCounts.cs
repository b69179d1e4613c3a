using Fpe.Compute;

namespace Fpe.Research.Clauses;

/// <summary>
/// How neurons deal with known clauses, which are groups of inputs. A neuron <em>holds</em> a clause when it reads all of its inputs:
/// the edges exist, whatever their weights. Only such a neuron can compute the clause by itself, and two clauses in one neuron get into
/// each other's way.
/// </summary>
/// <param name="Clauses">Number of clauses.</param>
/// <param name="Covered">Clauses that at least one neuron holds.</param>
/// <param name="Held">Pairs of a neuron and a clause that it holds.</param>
/// <param name="Collisions">
/// Triples of a neuron and two clauses that it holds both: a neuron with c whole clauses adds c · (c − 1) / 2.
/// </param>
/// <param name="CollidingPairs">Pairs of clauses that collide in at least one neuron.</param>
public sealed record ClauseCounts(int Clauses, int Covered, long Held, long Collisions, int CollidingPairs)
{
    /// <summary>Counts in a layer; <see cref="ClauseTheory"/> says what to expect of random partitions.</summary>
    /// <param name="layout">The edges of the layer.</param>
    /// <param name="clauses">Inputs of each clause, at least one; clauses may overlap.</param>
    /// <exception cref="ArgumentException">A clause is empty, or names an input that the layer does not have.</exception>
    public static ClauseCounts Of(EdgeLayout layout, IReadOnlyList<IReadOnlyList<int>> clauses)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(clauses);
        Check(layout, clauses);

        var covered = new bool[clauses.Count];
        var colliding = new HashSet<(int, int)>();
        (long heldTotal, long collisions) = (0, 0);
        foreach (bool[] reads in InputsOfNeurons(layout))
        {
            int[] held = [.. Enumerable.Range(0, clauses.Count).Where(clause => clauses[clause].All(input => reads[input]))];
            heldTotal += held.Length;
            collisions += (long)held.Length * (held.Length - 1) / 2;
            for (int i = 0; i < held.Length; i++)
            {
                covered[held[i]] = true;
                for (int j = 0; j < i; j++)
                    colliding.Add((held[j], held[i]));
            }
        }

        return new ClauseCounts(clauses.Count, covered.Count(isCovered => isCovered), heldTotal, collisions, colliding.Count);
    }

    /// <summary>Which inputs each neuron reads, block by block; one array is used for all of them.</summary>
    private static IEnumerable<bool[]> InputsOfNeurons(EdgeLayout layout)
    {
        var reads = new bool[layout.InputCount];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            int slot = layout.Block(b).FirstSlot;
            for (int row = 0; row < layout.Block(b).Rows.Length; row++)
            {
                Array.Clear(reads);
                foreach (int column in layout.Block(b).Columns)
                    reads[column] = layout.IsKept(slot++);
                yield return reads;
            }
        }
    }

    private static void Check(EdgeLayout layout, IReadOnlyList<IReadOnlyList<int>> clauses)
    {
        for (int clause = 0; clause < clauses.Count; clause++)
        {
            if (clauses[clause].Count == 0)
                throw new ArgumentException($"Clause {clause} has no inputs; remove it.", nameof(clauses));
            foreach (int input in clauses[clause])
            {
                if ((uint)input >= (uint)layout.InputCount)
                    throw new ArgumentException($"Clause {clause} has input {input}, but the layer has inputs 0 to {layout.InputCount - 1}.", nameof(clauses));
            }
        }
    }
}
