using Fpe.Data;
using Fpe.Research.Formulas;

namespace Fpe.Research.Tests.Formulas;

public class DnfSamplerTests
{
    public static TheoryData<string, DnfFormula> Formulas => new()
    {
        { "read-once", DnfFormula.ReadOnce(8, 3) },
        { "negated", DnfFormula.ReadOnce(8, 3, negatedShare: 0.5, seed: 1) },
        { "one literal each", DnfFormula.ReadOnce(4, 1) },
        { "overlapping", DnfFormula.Random(12, 8, 3, negatedShare: 0, seed: 2) },
        { "overlapping, both signs", DnfFormula.Random(16, 12, 3, negatedShare: 0.5, seed: 3) },
    };

    [Theory]
    [MemberData(nameof(Formulas))]
    public void Targets_are_what_the_formula_says(string name, DnfFormula formula)
    {
        foreach (DnfSampler sampler in new DnfSampler[] { DnfSampler.HalfPositive(formula), DnfSampler.Balanced(formula) })
        {
            Dataset data = sampler.Draw(name, 500, seed: 7);
            Assert.Equal((500, formula.InputCount, 1, false), (data.Count, data.FeatureCount, data.OutputCount, data.HasLabels));
            for (int s = 0; s < data.Count; s++)
                Assert.Equal(formula.Evaluate(data.Sample(s)) ? 1 : 0, data.Targets![s]);
        }
    }

    // 40,000 samples: a deviation of the share of 0.25 points, to which the estimate of overlapping formulas adds 0.3.
    [Theory]
    [MemberData(nameof(Formulas))]
    public void Half_of_the_samples_are_positive(string name, DnfFormula formula)
    {
        double tolerance = formula.IsReadOnce ? 0.0125 : 0.02;
        Assert.InRange(DnfSampler.HalfPositive(formula).Draw(name, 40_000, seed: 1).Targets!.Average(), 0.5 - tolerance, 0.5 + tolerance);
        Assert.Equal(20_000, DnfSampler.Balanced(formula).Draw(name, 40_000, seed: 1).Targets!.Sum());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 3)]
    [InlineData(32, 4)]
    public void The_probability_of_read_once_formulas_is_the_closed_form(int clauses, int literals)
    {
        double expected = Math.Pow(1 - Math.Pow(0.5, 1.0 / clauses), 1.0 / literals);
        Assert.Equal(expected, DnfSampler.HalfPositive(DnfFormula.ReadOnce(clauses, literals)).Probability, 1e-12);
        Assert.Equal(expected, DnfSampler.HalfPositive(DnfFormula.ReadOnce(clauses, literals, negatedShare: 0.5, seed: 4)).Probability, 1e-12);
    }

    [Fact]
    public void The_estimate_of_overlapping_formulas_is_close_to_the_truth()
    {
        // x0 ∧ (x1 ∨ x2): p · (1 − (1 − p)²) = ½ at p = 0.5970
        var formula = new DnfFormula(3, new DnfClause(new Literal(0), new Literal(1)), new DnfClause(new Literal(0), new Literal(2)));
        double p = DnfSampler.HalfPositive(formula).Probability;
        Assert.InRange((p * (1 - ((1 - p) * (1 - p)))) - 0.5, -0.01, 0.01);

        // x0 ∧ ¬x1 ∨ x1 ∧ x0 ∧ x2 leans to 1 in x0 and x2, and in x1 as both signs are level: p · (1 − p + p²) = ½
        formula = new DnfFormula(
            3, new DnfClause(new Literal(0), new Literal(1, true)), new DnfClause(new Literal(0), new Literal(1), new Literal(2)));
        p = DnfSampler.HalfPositive(formula).Probability;
        Assert.InRange((p * (1 - p + (p * p))) - 0.5, -0.01, 0.01);
    }

    [Fact]
    public void Inputs_are_independent_with_the_probability_of_their_literal()
    {
        var formula = new DnfFormula(3, new DnfClause(new Literal(0), new Literal(1, true)));
        HalfPositiveSampler sampler = DnfSampler.HalfPositive(formula);
        Assert.Equal(Math.Sqrt(0.5), sampler.Probability, 1e-12);
        Dataset data = sampler.Draw("d", 40_000, seed: 5);
        double[] expected = [sampler.Probability, 1 - sampler.Probability, sampler.Probability];
        for (int i = 0; i < 3; i++)
            Assert.InRange(Mean(data, s => s[i]), expected[i] - 0.0125, expected[i] + 0.0125);
        Assert.InRange(Mean(data, s => s[0] * s[2]), 0.5 - 0.0125, 0.5 + 0.0125);
    }

    [Fact]
    public void Balanced_samples_are_uniform_given_their_class()
    {
        // five of sixteen inputs make it true
        var formula = new DnfFormula(4, new DnfClause(new Literal(0), new Literal(1)), new DnfClause(new Literal(0), new Literal(2, true), new Literal(3)));
        Dataset data = DnfSampler.Balanced(formula).Draw("d", 110_000, seed: 9);
        int[] counts = new int[16];
        for (int s = 0; s < data.Count; s++)
            counts[(int)(data.Sample(s)[0] + (2 * data.Sample(s)[1]) + (4 * data.Sample(s)[2]) + (8 * data.Sample(s)[3]))]++;

        // each of the five in a fifth of one half, each of the eleven in an eleventh of the other; ± 5 deviations
        for (int i = 0; i < 16; i++)
        {
            bool isTrue = formula.Evaluate([(i & 1) != 0, (i & 2) != 0, (i & 4) != 0, (i & 8) != 0]);
            Assert.InRange(counts[i], isTrue ? 11_000 - 470 : 5_000 - 340, isTrue ? 11_000 + 470 : 5_000 + 340);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_part_gives_others()
    {
        DnfFormula formula = DnfFormula.ReadOnce(8, 3);
        foreach (DnfSampler sampler in new DnfSampler[] { DnfSampler.HalfPositive(formula), DnfSampler.Balanced(formula) })
        {
            float[] first = sampler.Draw("train", 200, seed: 1).Features!;
            Assert.Equal(first, sampler.Draw("train", 200, seed: 1).Features!);
            Assert.NotEqual(first, sampler.Draw("train", 200, seed: 2).Features!);
            Assert.NotEqual(first, sampler.Draw("test", 200, seed: 1, part: 1).Features!);
        }
    }

    [Fact]
    public void What_cannot_be_drawn_is_an_error()
    {
        // x0 ∧ ¬x1 ∨ ¬x0 ∧ x1 ∧ x2: true with probability p(1 − p)(1 + p) at most, 0.385
        var exclusive = new DnfFormula(
            3, new DnfClause(new Literal(0), new Literal(1, true)), new DnfClause(new Literal(0, true), new Literal(1), new Literal(2)));
        string message = Assert.Throws<FormulaException>(() => DnfSampler.HalfPositive(exclusive)).Message;
        Assert.Equal("DNF formula: it is true in at most 39 % of the samples whatever the probability of its literals, because inputs occur both as they are and negated; use Balanced.", message);
        Assert.Equal(10, DnfSampler.Balanced(exclusive).Draw("d", 20, seed: 0).Targets!.Sum());

        message = Assert.Throws<FormulaException>(() => DnfSampler.Balanced(DnfFormula.ReadOnce(1, 60)).Draw("d", 2, seed: 0)).Message;
        Assert.Equal("DNF formula: none of 1000000 uniform inputs made it true, so its classes cannot be balanced; use fewer literals or more clauses, or HalfPositive.", message);
    }

    [Theory]
    [InlineData(0, "dnf: the number of samples must be at least 1, but is 0.")]
    [InlineData(int.MaxValue, "dnf: 2147483647 samples of 4 values are more than the 2147483591 values that fit into memory at once; draw fewer.")]
    public void Samples_that_are_none_or_too_many_are_refused(int count, string message) => Assert.Equal(
        message, Assert.Throws<DatasetException>(() => DnfSampler.Balanced(DnfFormula.ReadOnce(2, 2)).Draw("dnf", count, seed: 1)).Message);

    private static double Mean(Dataset data, Func<float[], double> value) =>
        Enumerable.Range(0, data.Count).Average(s => value(data.Sample(s).ToArray()));
}
