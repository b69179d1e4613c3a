namespace Fpe.Embedded.Networks;

/// <summary>How the class of a sample follows from a network.</summary>
internal abstract record ClassRule
{
    private ClassRule()
    {
    }

    /// <summary>The first of the largest outputs.</summary>
    internal sealed record LargestOutput : ClassRule;

    /// <summary>Class 1 if the only output is at least a number, otherwise 0.</summary>
    internal sealed record OutputFrom(float Smallest) : ClassRule;

    /// <summary>The first of the largest sums of the last layer, whose rows have different units.</summary>
    internal sealed record LargestSum : ClassRule;

    /// <summary>Class 1 if the only sum of the last layer is at least a number, otherwise 0.</summary>
    internal sealed record SumFrom(int Smallest) : ClassRule;

    /// <summary>Returns the rule for outputs; null if the task has no single class.</summary>
    public static ClassRule? OfOutputs(ModelPlan plan, ModelMeaning meaning) => meaning.Task switch
    {
        ModelTask.BinaryClassification => new OutputFrom(Ordered(SmallestKey(-Key(float.PositiveInfinity), Key(float.PositiveInfinity), key => meaning.IsAboveThreshold(Ordered(key))))),
        ModelTask.Classification => new LargestOutput(),
        null => plan.OutputCount > 1 ? new LargestOutput() : null,
        ModelTask.MultiLabel or ModelTask.Regression => null,
        _ => throw new InvalidOperationException($"{plan.Name} has the task {meaning.Task}."),
    };

    /// <summary>Returns the rule for the sums of a last layer without an activation; null if the task has no single class, or sums do not tell it.</summary>
    /// <param name="plan">The model.</param>
    /// <param name="meaning">What its outputs mean.</param>
    /// <param name="scale">The number that a unit of the first sum stands for.</param>
    public static ClassRule? OfSums(ModelPlan plan, ModelMeaning meaning, float scale)
    {
        switch (OfOutputs(plan, meaning))
        {
            case LargestOutput:
                return new LargestSum();
            case OutputFrom:
                bool IsOne(long sum) => meaning.IsAboveThreshold((int)sum * scale);
                return IsOne(int.MaxValue) && !IsOne(int.MinValue) ? new SumFrom((int)SmallestKey(int.MinValue, int.MaxValue, IsOne)) : null;
            case null:
                return null;
            case var other:
                throw new InvalidOperationException($"{plan.Name} has the rule {other}.");
        }
    }

    /// <summary>Returns the smallest number for which a condition holds that holds for all above it.</summary>
    private static long SmallestKey(long none, long all, Func<long, bool> holds)
    {
        while (all - none > 1)
        {
            long middle = none + ((all - none) / 2);
            if (holds(middle))
                all = middle;
            else
                none = middle;
        }

        return all;
    }

    // The bits of positive numbers are in their order.
    private static int Key(float positive) => BitConverter.SingleToInt32Bits(positive);

    private static float Ordered(long key) => key < 0 ? -BitConverter.Int32BitsToSingle((int)-key) : BitConverter.Int32BitsToSingle((int)key);
}
