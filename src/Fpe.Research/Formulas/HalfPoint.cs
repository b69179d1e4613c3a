using System.Globalization;
using Fpe.Numerics;

namespace Fpe.Research.Formulas;

/// <summary>
/// The probability p that makes a formula true with probability ½, where inputs are independent and each takes the value it
/// leans to with probability p.
/// </summary>
internal static class HalfPoint
{
    private const int Draws = 1 << 15;
    private const int Steps = 1 << 10;

    /// <summary>Of a read-once formula: the root of ∏ (1 − p^k) = ½ over its clauses, k their literals.</summary>
    public static double Exact(DnfFormula formula)
    {
        double low = 0, high = 1;
        while (true)
        {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high)
                return middle;

            double allFalse = 1;
            foreach (DnfClause clause in formula.Clauses)
                allFalse *= 1 - Math.Pow(middle, clause.Literals.Count);
            if (allFalse > 0.5)
                low = middle;
            else
                high = middle;
        }
    }

    /// <summary>
    /// Of any formula, from one set of draws for all p: with u uniform in [0, 1), an input takes the value it leans to where
    /// u &lt; p. For one draw a clause is then true for p from its largest u of literals that the lean makes true, up to its
    /// smallest u of the others. The share of true draws is counted at
    /// p = 1/(<see cref="Steps"/> + 1), 2/(<see cref="Steps"/> + 1), … and interpolated.
    /// </summary>
    /// <exception cref="FormulaException">The share stays below ½: an input occurs both as it is and negated.</exception>
    public static double Estimate(DnfFormula formula, ReadOnlySpan<bool> leansToOne)
    {
        int[] trueDraws = CountTrueDraws(formula, leansToOne);
        int above = Array.FindIndex(trueDraws, count => 2 * count >= Draws);
        if (above < 0)
            throw new FormulaException(string.Create(CultureInfo.InvariantCulture, $"it is true in at most {(double)trueDraws.Max() / Draws:P0} of the samples whatever the probability of its literals, because inputs occur both as they are and negated; use {nameof(DnfSampler.Balanced)}."));

        int below = above == 0 ? 0 : trueDraws[above - 1];
        double fraction = ((Draws / 2.0) - below) / (trueDraws[above] - below);
        return (above + fraction) / (Steps + 1);
    }

    private static int[] CountTrueDraws(DnfFormula formula, ReadOnlySpan<bool> leansToOne)
    {
        var random = new RandomStream(0, RandomPurpose.FormulaEstimate);
        var trueDraws = new int[Steps];
        var uniform = new float[formula.InputCount];
        var isTrue = new bool[Steps];
        for (int draw = 0; draw < Draws; draw++)
        {
            for (int i = 0; i < uniform.Length; i++)
                uniform[i] = random.NextSingle();

            Array.Clear(isTrue);
            foreach (DnfClause clause in formula.Clauses)
                MarkTrue(clause, uniform, leansToOne, isTrue);
            for (int step = 0; step < Steps; step++)
                trueDraws[step] += isTrue[step] ? 1 : 0;
        }

        return trueDraws;
    }

    private static void MarkTrue(DnfClause clause, float[] uniform, ReadOnlySpan<bool> leansToOne, bool[] isTrue)
    {
        double from = 0, to = 1;
        foreach (Literal literal in clause.Literals)
        {
            float u = uniform[literal.Input];
            if (literal.IsTrue(leansToOne[literal.Input]))
                from = Math.Max(from, u);
            else
                to = Math.Min(to, u);
        }

        // the places above from and up to to
        int first = (int)(from * (Steps + 1)), end = Math.Min((int)(to * (Steps + 1)), Steps);
        if (first < end)
            isTrue.AsSpan(first..end).Fill(true);
    }
}
