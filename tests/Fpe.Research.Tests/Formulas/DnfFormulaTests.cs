using Fpe.Research.Formulas;
using FsCheck;
using FsCheck.Fluent;

namespace Fpe.Research.Tests.Formulas;

public class DnfFormulaTests
{
    private static readonly DnfFormula ByHand = new(
        4,
        new DnfClause(new Literal(3, IsNegated: true), new Literal(0)),
        new DnfClause(new Literal(1), new Literal(2)));

    [Theory]
    [InlineData("0000", false)]
    [InlineData("1000", true)]
    [InlineData("1001", false)]
    [InlineData("0110", true)]
    [InlineData("0111", true)]
    [InlineData("0101", false)]
    [InlineData("1011", false)]
    [InlineData("1111", true)]
    public void A_formula_is_true_where_a_clause_is(string inputs, bool expected)
    {
        Assert.Equal(expected, ByHand.Evaluate([.. inputs.Select(c => c == '1')]));
        Assert.Equal(expected, ByHand.Evaluate([.. inputs.Select(c => (float)(c - '0'))]));
    }

    [Fact]
    public void It_is_written_as_in_a_text_book() => Assert.Equal("(x0 ∧ ¬x3) ∨ (x1 ∧ x2)", ByHand.ToString());

    [Fact]
    public void Read_once_clauses_follow_each_other()
    {
        var formula = DnfFormula.ReadOnce(clauses: 3, literals: 2);
        Assert.Equal("(x0 ∧ x1) ∨ (x2 ∧ x3) ∨ (x4 ∧ x5)", formula.ToString());
        Assert.Equal(6, formula.InputCount);
        Assert.True(formula.IsReadOnce);
        Assert.Equal([[0, 1], [2, 3], [4, 5]], formula.InputGroups);
    }

    [Fact]
    public void The_share_of_negated_literals_is_kept()
    {
        Assert.All(Literals(DnfFormula.ReadOnce(8, 4, negatedShare: 1)), literal => Assert.True(literal.IsNegated));
        Assert.All(Literals(DnfFormula.Random(20, 8, 4, negatedShare: 0, seed: 1)), literal => Assert.False(literal.IsNegated));
        double share = Literals(DnfFormula.ReadOnce(1000, 4, negatedShare: 0.25, seed: 3)).Average(literal => literal.IsNegated ? 1.0 : 0);
        Assert.InRange(share, 0.25 - 0.03, 0.25 + 0.03);
    }

    [Fact]
    public void Random_formulas_are_as_asked_and_their_groups_are_disjoint()
    {
        Prop.ForAll(
            Gen.Choose(1, 6).SelectMany(literals => Gen.Choose(1, 12).SelectMany(clauses => Gen.Choose(literals + 4, 40).Select(inputs => (literals, clauses, inputs)))).ToArbitrary(),
            ArbMap.Default.ArbFor<long>(),
            (shape, seed) =>
            {
                var formula = DnfFormula.Random(shape.inputs, Math.Min(shape.clauses, shape.inputs), shape.literals, 0.5, seed);
                Assert.Equal(formula.ToString(), DnfFormula.Random(shape.inputs, formula.Clauses.Count, shape.literals, 0.5, seed).ToString());
                Assert.Equal(formula.Clauses.Count, formula.Clauses.Distinct().Count());
                Assert.All(formula.Clauses, clause => Assert.Equal(shape.literals, clause.Literals.DistinctBy(literal => literal.Input).Count()));
                int[] grouped = [.. formula.InputGroups.SelectMany(group => group)];
                Assert.Equal(grouped.Length, grouped.Distinct().Count());
                Assert.Equal([.. Literals(formula).Select(literal => literal.Input).Distinct().Order()], [.. grouped.Order()]);
                Assert.Equal(formula.IsReadOnce, Literals(formula).CountBy(literal => literal.Input).All(count => count.Value == 1));
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Shared_inputs_belong_to_the_first_clause()
    {
        var formula = new DnfFormula(
            4, new DnfClause(new Literal(0), new Literal(1)), new DnfClause(new Literal(1), new Literal(2)), new DnfClause(new Literal(2), new Literal(0)));
        Assert.Equal([[0, 1], [2]], formula.InputGroups);
        Assert.False(formula.IsReadOnce);
    }

    [Fact]
    public void What_is_no_formula_is_named()
    {
        AssertError("a clause has no literals and would always be true; give it at least one.", () => new DnfClause());
        AssertError("a clause reads input -1; inputs are counted from 0.", () => new DnfClause(new Literal(-1)));
        AssertError("the clause (x2 ∧ ¬x2) reads x2 twice; name every input of a clause once.", () => new DnfClause(new Literal(2), new Literal(2, true)));
        AssertError("it has no clauses and would always be false; give it at least one.", () => new DnfFormula(3));
        AssertError("the clause (x3) reads x3, but the 3 inputs are x0 to x2; correct the clause or the number of inputs.", () => new DnfFormula(3, new DnfClause(new Literal(3))));
        AssertError("the clause (x0) occurs twice; leave one out.", () => new DnfFormula(3, new DnfClause(new Literal(0)), new DnfClause(new Literal(0))));
        AssertError(
            "1000 tries found no clause of 2 literals over 2 inputs that differs from the 1 so far, but 2 are wanted; ask for fewer clauses or more inputs.",
            () => DnfFormula.Random(2, 2, 2, negatedShare: 0, seed: 1));
        Assert.Throws<ArgumentException>(() => ByHand.Evaluate([true]));
        Assert.Throws<ArgumentException>(() => ByHand.Evaluate([0, 1, 0.5f, 1]));
    }

    private static IEnumerable<Literal> Literals(DnfFormula formula) => formula.Clauses.SelectMany(clause => clause.Literals);

    private static void AssertError(string problem, Func<object> action) =>
        Assert.Equal($"DNF formula: {problem}", Assert.Throws<FormulaException>(action).Message);

    [Fact]
    public void A_formula_of_too_many_inputs_is_refused() => Assert.Equal(
        "DNF formula: 65536 clauses of 65536 literals each are more than the 2147483591 inputs that fit; use fewer.",
        Assert.Throws<FormulaException>(() => DnfFormula.ReadOnce(1 << 16, 1 << 16)).Message);
}
