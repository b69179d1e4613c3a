namespace Fpe.Research.Formulas;

/// <summary>
/// A Boolean formula in disjunctive normal form: true where at least one of its clauses is. The task on which the paper shows
/// what splitting a neuron by clauses brings (arXiv 2510.04500, section 4).
/// </summary>
public sealed class DnfFormula
{
    private const int MaximumTries = 1000;

    private readonly DnfClause[] clauses;

    /// <summary>Creates a formula.</summary>
    /// <param name="inputCount">Number of inputs; at least 1. A formula need not read all of them.</param>
    /// <param name="clauses">At least one; none of them twice.</param>
    /// <exception cref="FormulaException">There are no clauses, one occurs twice, or one reads an input that is not there.</exception>
    public DnfFormula(int inputCount, params IReadOnlyList<DnfClause> clauses)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputCount);
        ArgumentNullException.ThrowIfNull(clauses);
        InputCount = inputCount;
        this.clauses = [.. clauses];
        Check();
        InputGroups = GroupInputs();
    }

    /// <summary>Number of inputs.</summary>
    public int InputCount { get; }

    /// <summary>The clauses, in order.</summary>
    public IReadOnlyList<DnfClause> Clauses => clauses;

    /// <summary>
    /// The inputs of each clause, as groups for <see cref="Split.Clause"/>. Groups are disjoint: an input that several clauses
    /// read belongs to the first of them, and a clause all of whose inputs are taken has no group.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>> InputGroups { get; }

    /// <summary>Whether no input occurs twice.</summary>
    public bool IsReadOnce => InputGroups.Sum(group => group.Count) == clauses.Sum(clause => clause.Literals.Count);

    /// <summary>A formula whose clauses share no input: clause c reads inputs c · <paramref name="literals"/> and following.</summary>
    /// <param name="clauses">Number of clauses; at least 1.</param>
    /// <param name="literals">Literals of each clause; at least 1.</param>
    /// <param name="negatedShare">Probability with which a literal is negated; from 0 to 1.</param>
    /// <param name="seed">Seed of what is negated.</param>
    /// <exception cref="FormulaException">There would be too many inputs.</exception>
    public static DnfFormula ReadOnce(int clauses, int literals, double negatedShare = 0, long seed = 0)
    {
        var random = new RandomClauses(clauses, literals, negatedShare, seed);
        if ((long)clauses * literals > Array.MaxLength)
            throw new FormulaException($"{clauses} clauses of {literals} literals each are more than the {Array.MaxLength} inputs that fit; use fewer.");
        return new DnfFormula(
            clauses * literals,
            [.. Enumerable.Range(0, clauses).Select(c => random.Clause(Enumerable.Range(c * literals, literals)))]);
    }

    /// <summary>A formula whose clauses read random inputs, and so overlap where they happen to.</summary>
    /// <param name="inputs">Number of inputs; at least <paramref name="literals"/>.</param>
    /// <param name="clauses">Number of clauses, all different; at least 1.</param>
    /// <param name="literals">Literals of each clause, all of different inputs; at least 1.</param>
    /// <param name="negatedShare">Probability with which a literal is negated; from 0 to 1.</param>
    /// <param name="seed">Seed of the formula.</param>
    /// <exception cref="FormulaException">There are not as many different clauses, or a thousand tries in a row found no new one.</exception>
    public static DnfFormula Random(int inputs, int clauses, int literals, double negatedShare, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, literals);
        var random = new RandomClauses(clauses, literals, negatedShare, seed);
        var drawn = new List<DnfClause>();
        var known = new HashSet<DnfClause>();
        for (int tries = 0; drawn.Count < clauses; tries++)
        {
            if (tries == MaximumTries)
                throw new FormulaException($"{MaximumTries} tries found no clause of {literals} literals over {inputs} inputs that differs from the {drawn.Count} so far, but {clauses} are wanted; ask for fewer clauses or more inputs.");
            DnfClause clause = random.Clause(inputs);
            if (known.Add(clause))
            {
                drawn.Add(clause);
                tries = 0;
            }
        }

        return new DnfFormula(inputs, drawn);
    }

    /// <summary>Whether the formula is true.</summary>
    /// <param name="inputs">The value of every input: <see cref="InputCount"/> of them.</param>
    /// <exception cref="ArgumentException">The number of values is wrong.</exception>
    public bool Evaluate(ReadOnlySpan<bool> inputs)
    {
        if (inputs.Length != InputCount)
            throw new ArgumentException($"The formula has {InputCount} inputs, but there are {inputs.Length} values.", nameof(inputs));
        foreach (DnfClause clause in clauses)
        {
            if (clause.Evaluate(inputs))
                return true;
        }

        return false;
    }

    /// <summary>Whether the formula is true for a sample of a data set.</summary>
    /// <param name="inputs">The value of every input: <see cref="InputCount"/> of them, each 0 or 1.</param>
    /// <exception cref="ArgumentException">The number of values is wrong, or one is neither 0 nor 1.</exception>
    public bool Evaluate(ReadOnlySpan<float> inputs)
    {
        var values = new bool[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            values[i] = inputs[i] switch
            {
                0 => false,
                1 => true,
                _ => throw new ArgumentException($"Value {i} is {inputs[i]}, which is neither 0 nor 1.", nameof(inputs)),
            };
        }

        return Evaluate(values);
    }

    /// <summary>Such as <c>(x0 ∧ ¬x3) ∨ (x1 ∧ x2)</c>.</summary>
    public override string ToString() => string.Join(" ∨ ", clauses.AsEnumerable());

    private void Check()
    {
        if (clauses.Length == 0)
            throw new FormulaException("it has no clauses and would always be false; give it at least one.");

        var known = new HashSet<DnfClause>();
        foreach (DnfClause clause in clauses)
        {
            if (clause.Literals[^1].Input >= InputCount)
                throw new FormulaException($"the clause {clause} reads x{clause.Literals[^1].Input}, but the {InputCount} inputs are x0 to x{InputCount - 1}; correct the clause or the number of inputs.");
            if (!known.Add(clause))
                throw new FormulaException($"the clause {clause} occurs twice; leave one out.");
        }
    }

    private List<IReadOnlyList<int>> GroupInputs()
    {
        var taken = new bool[InputCount];
        var groups = new List<IReadOnlyList<int>>();
        foreach (DnfClause clause in clauses)
        {
            int[] group = [.. clause.Literals.Select(literal => literal.Input).Where(input => !taken[input])];
            foreach (int input in group)
                taken[input] = true;
            if (group.Length > 0)
                groups.Add(group);
        }

        return groups;
    }
}
