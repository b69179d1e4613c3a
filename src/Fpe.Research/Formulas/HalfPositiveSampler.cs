using Fpe.Numerics;

namespace Fpe.Research.Formulas;

/// <summary>
/// Draws every input for itself, so that each literal is true with probability <see cref="Probability"/>, which is chosen so
/// that the formula is true with probability ½. An input that occurs more often negated than not is therefore 1 with
/// probability 1 − <see cref="Probability"/>, every other input with <see cref="Probability"/>.
/// </summary>
/// <remarks>
/// For a read-once formula the probability is exact; with k literals in each of n clauses it is (1 − 2^(−1/n))^(1/k). Otherwise
/// it is estimated from 32,768 draws, the same ones every time, which leaves the share of true samples within about one point of ½.
/// </remarks>
public sealed class HalfPositiveSampler : DnfSampler
{
    private readonly double[] inputProbabilities;

    /// <exception cref="FormulaException">No probability makes the formula true in half of the samples.</exception>
    internal HalfPositiveSampler(DnfFormula formula)
        : base(formula)
    {
        bool[] leansToOne = LeansToOne(formula);
        Probability = formula.IsReadOnce ? HalfPoint.Exact(formula) : HalfPoint.Estimate(formula, leansToOne);
        inputProbabilities = Array.ConvertAll(leansToOne, one => one ? Probability : 1 - Probability);
    }

    /// <summary>Probability with which an input that mostly occurs as it is, not negated, is 1; between 0 and 1.</summary>
    public double Probability { get; }

    private protected override void Draw(RandomStream random, Span<float> features, Span<float> targets)
    {
        int width = Formula.InputCount;
        var inputs = new bool[width];
        for (int s = 0; s < targets.Length; s++)
        {
            for (int i = 0; i < width; i++)
                inputs[i] = random.NextDouble() < inputProbabilities[i];
            Store(inputs, features.Slice(s * width, width));
            targets[s] = Formula.Evaluate(inputs) ? 1 : 0;
        }
    }

    private static bool[] LeansToOne(DnfFormula formula)
    {
        var votes = new int[formula.InputCount];
        foreach (Literal literal in formula.Clauses.SelectMany(clause => clause.Literals))
            votes[literal.Input] += literal.IsNegated ? -1 : 1;
        return Array.ConvertAll(votes, vote => vote >= 0);
    }
}
