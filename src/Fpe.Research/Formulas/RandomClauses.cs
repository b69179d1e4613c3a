using Fpe.Numerics;

namespace Fpe.Research.Formulas;

/// <summary>Draws clauses of one size.</summary>
internal sealed class RandomClauses
{
    private readonly int literals;
    private readonly double negatedShare;
    private readonly RandomStream random;

    public RandomClauses(int clauses, int literals, double negatedShare, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(clauses);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(literals);
        if (negatedShare is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(negatedShare), negatedShare, "The share of negated literals is from 0 to 1.");
        this.literals = literals;
        this.negatedShare = negatedShare;
        random = new RandomStream(seed, RandomPurpose.Formula);
    }

    /// <summary>A clause of random inputs, all different.</summary>
    public DnfClause Clause(int inputs) => Clause(random.Permutation(inputs).Take(literals));

    /// <summary>A clause of given inputs.</summary>
    public DnfClause Clause(IEnumerable<int> inputs) => new([.. inputs.Select(input => new Literal(input, random.NextDouble() < negatedShare))]);
}
