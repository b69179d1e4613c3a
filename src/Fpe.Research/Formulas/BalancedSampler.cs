using Fpe.Numerics;

namespace Fpe.Research.Formulas;

/// <summary>
/// Draws as many samples for which the formula is true as samples for which it is false (one more true where the number is odd),
/// in random order. Given its class, a sample is uniform among all inputs of that class: inputs are drawn fairly until they
/// belong to it.
/// </summary>
public sealed class BalancedSampler : DnfSampler
{
    private const int MaximumTries = 1_000_000;

    internal BalancedSampler(DnfFormula formula)
        : base(formula)
    {
    }

    private protected override void Draw(RandomStream random, Span<float> features, Span<float> targets)
    {
        targets[..((targets.Length + 1) / 2)].Fill(1);
        random.Shuffle(targets);

        int width = Formula.InputCount;
        var inputs = new bool[width];
        for (int s = 0; s < targets.Length; s++)
        {
            DrawClass(random, inputs, targets[s] == 1);
            Store(inputs, features.Slice(s * width, width));
        }
    }

    private void DrawClass(RandomStream random, Span<bool> inputs, bool wanted)
    {
        for (int tries = 0; tries < MaximumTries; tries++)
        {
            FlipCoins(random, inputs);
            if (Formula.Evaluate(inputs) == wanted)
                return;
        }

        throw new FormulaException($"none of {MaximumTries} uniform inputs made it {(wanted ? "true" : "false")}, so its classes cannot be balanced; use {(wanted ? "fewer literals or more clauses" : "more literals or fewer clauses")}, or {nameof(HalfPositive)}.");
    }

    private static void FlipCoins(RandomStream random, Span<bool> inputs)
    {
        uint word = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (i % 32 == 0)
                word = random.NextWord();
            inputs[i] = ((word >> (i % 32)) & 1) == 1;
        }
    }
}
