using Fpe.Data;
using Fpe.Numerics;
using static System.FormattableString;

namespace Fpe.Research.Formulas;

/// <summary>Draws data sets from a formula: inputs that are 0 or 1, and one target that is 1 where the formula is true, 0 otherwise.</summary>
/// <remarks>The targets suit <c>Loss.SigmoidCrossEntropy</c> and a model with one output.</remarks>
public abstract class DnfSampler
{
    private protected DnfSampler(DnfFormula formula)
    {
        ArgumentNullException.ThrowIfNull(formula);
        Formula = formula;
    }

    /// <summary>The formula.</summary>
    public DnfFormula Formula { get; }

    /// <summary>
    /// Every input is drawn for itself, with one probability that makes the formula true in half of the samples on average:
    /// see <see cref="HalfPositiveSampler"/>.
    /// </summary>
    /// <exception cref="FormulaException">No probability makes the formula true in half of the samples.</exception>
    public static HalfPositiveSampler HalfPositive(DnfFormula formula) => new(formula);

    /// <summary>Half of the samples are true, half are false, uniform among the inputs of either kind: see <see cref="BalancedSampler"/>.</summary>
    public static BalancedSampler Balanced(DnfFormula formula) => new(formula);

    /// <summary>Draws samples. The same arguments give the same bits.</summary>
    /// <param name="name">Name of the data set.</param>
    /// <param name="count">Samples; at least 1.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="part">Which data set of the seed, from 0: data sets that have to be independent, such as training and test data, are different parts.</param>
    /// <exception cref="FormulaException">A class is too rare to be drawn.</exception>
    /// <exception cref="DatasetException">There would be no samples, or more than fit into memory.</exception>
    public Dataset Draw(string name, int count, long seed, int part = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (count < 1)
            throw new DatasetException(name, Invariant($"the number of samples must be at least 1, but is {count}."));
        long values = (long)count * Formula.InputCount;
        if (values > Array.MaxLength)
            throw new DatasetException(name, Invariant($"{count} samples of {Formula.InputCount} values are more than the {Array.MaxLength} values that fit into memory at once; draw fewer."));
        var random = new RandomStream(seed, RandomPurpose.Synthesis, part);
        var features = new float[values];
        var targets = new float[count];
        Draw(random, features, targets);
        return Dataset.OfTargets(name, Formula.InputCount, features, 1, targets);
    }

    /// <summary>Fills features, [count, inputs], and targets, [count], with zeros and ones.</summary>
    private protected abstract void Draw(RandomStream random, Span<float> features, Span<float> targets);

    /// <summary>Stores one sample.</summary>
    private protected static void Store(ReadOnlySpan<bool> inputs, Span<float> features)
    {
        for (int i = 0; i < inputs.Length; i++)
            features[i] = inputs[i] ? 1 : 0;
    }
}
