using System;
using static System.FormattableString;

namespace Fpe.Compute;

/// <summary>The shape of multi-head self-attention over the places of a sequence.</summary>
public readonly record struct AttentionShape
{
    /// <summary>Describes the attention.</summary>
    /// <param name="units">The values of each place; at least 1.</param>
    /// <param name="places">The places of a sequence; at least 1.</param>
    /// <param name="heads">The heads that share the units; at least 1, and a divisor of <paramref name="units"/>.</param>
    /// <exception cref="PlanException">A number is out of its range, or there are too many values.</exception>
    public AttentionShape(int units, int places, int heads)
        : this("Attention", units, places, heads)
    {
    }

    /// <summary>Describes the attention of a layer that messages name.</summary>
    internal AttentionShape(string layer, int units, int places, int heads)
    {
        PlanException.RequirePositive(layer, "the number of units", units);
        PlanException.RequirePositive(layer, "the number of places", places);
        PlanException.RequirePositive(layer, "the number of heads", heads);
        if (units % heads != 0)
            throw new PlanException(layer, Invariant($"{heads} heads cannot share {units} units equally; use a number of heads that divides {units}."));
        if (3L * units > int.MaxValue / places)
            throw new PlanException(layer, Invariant($"a sample would have 3 · {units} · {places} queries, keys and values, but the maximum is {int.MaxValue}; use fewer units or places."));
        if ((long)heads * places > int.MaxValue / places)
            throw new PlanException(layer, Invariant($"a sample would have {heads} · {places} · {places} probabilities, but the maximum is {int.MaxValue}; use fewer heads or places."));
        (Units, Places, Heads) = (units, places, heads);
    }

    /// <summary>Gets the values of each place.</summary>
    public int Units { get; }

    /// <summary>Gets the places of a sequence.</summary>
    public int Places { get; }

    /// <summary>Gets the heads that share the units.</summary>
    public int Heads { get; }

    /// <summary>Gets the units of a head.</summary>
    public int HeadUnits => Units / Heads;

    /// <summary>Gets the number of queries, keys and values of a sample.</summary>
    public int InputCount => 3 * Units * Places;

    /// <summary>Gets the number of outputs of a sample.</summary>
    public int OutputCount => Units * Places;

    /// <summary>Gets the number of probabilities of a sample: one for each head, query and key.</summary>
    public int ProbabilityCount => Heads * Places * Places;
}
