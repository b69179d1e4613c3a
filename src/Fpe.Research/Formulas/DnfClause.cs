namespace Fpe.Research.Formulas;

/// <summary>A conjunction of literals: true where all of them are.</summary>
public sealed class DnfClause : IEquatable<DnfClause>
{
    private readonly Literal[] literals;

    /// <summary>Creates a clause.</summary>
    /// <param name="literals">At least one; no input twice.</param>
    /// <exception cref="FormulaException">There are no literals, an index is negative, or an input occurs twice.</exception>
    public DnfClause(params IReadOnlyList<Literal> literals)
    {
        ArgumentNullException.ThrowIfNull(literals);
        this.literals = [.. literals.OrderBy(literal => literal.Input)];
        if (this.literals.Length == 0)
            throw new FormulaException("a clause has no literals and would always be true; give it at least one.");
        if (this.literals[0].Input < 0)
            throw new FormulaException($"a clause reads input {this.literals[0].Input}; inputs are counted from 0.");
        for (int l = 1; l < this.literals.Length; l++)
        {
            if (this.literals[l].Input == this.literals[l - 1].Input)
                throw new FormulaException($"the clause {this} reads x{this.literals[l].Input} twice; name every input of a clause once.");
        }
    }

    /// <summary>The literals, ordered by input.</summary>
    public IReadOnlyList<Literal> Literals => literals;

    /// <summary>Whether all literals are true.</summary>
    /// <param name="inputs">The value of every input of the formula.</param>
    public bool Evaluate(ReadOnlySpan<bool> inputs)
    {
        foreach (Literal literal in literals)
        {
            if (!literal.IsTrue(inputs[literal.Input]))
                return false;
        }

        return true;
    }

    /// <summary>Whether the other clause has the same literals.</summary>
    public bool Equals(DnfClause? other) => other is not null && literals.AsSpan().SequenceEqual(other.literals);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DnfClause);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (Literal literal in literals)
            hash.Add(literal);
        return hash.ToHashCode();
    }

    /// <summary>Such as <c>(x0 ∧ ¬x3)</c>.</summary>
    public override string ToString() => $"({string.Join(" ∧ ", literals)})";
}
