using System.Globalization;
using Fpe.Data;
using static System.FormattableString;

namespace Fpe.Training;

/// <summary>A weight for each class or output, given or computed from the training data.</summary>
public sealed class LossWeights
{
    private readonly double[]? values;

    private LossWeights(double[]? values) => this.values = values;

    /// <summary>
    /// Gets weights that are computed from the training data: of classes, samples / (classes · samples of the class), as in scikit-learn; of
    /// positive targets, negative ones / positive ones.
    /// </summary>
    public static LossWeights Balanced { get; } = new(values: null);

    /// <summary>Returns given weights.</summary>
    /// <param name="weights">A weight for each class or output; finite, at least 0, and not all 0.</param>
    public static LossWeights Of(params ReadOnlySpan<double> weights) => new(weights.ToArray());

    /// <summary>Returns the weights separated by commas, or <c>balanced</c>.</summary>
    public override string ToString() =>
        values is null ? "balanced" : string.Join(", ", values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>Returns the weight of each class.</summary>
    /// <exception cref="TrainingOptionsException">There are no classes, or the weights do not fit them.</exception>
    internal double[] OfClasses(Dataset train, ModelPlan plan)
    {
        const string Option = nameof(TrainingOptions.ClassWeights);
        if (train.Labels is not { } labels)
            throw new TrainingOptionsException(Option, $"the samples of {train.Name} have target values, not classes; use {nameof(TrainingOptions.PositiveWeights)}, or {nameof(Dataset)}.{nameof(Dataset.WithWeights)} for weights of samples.");
        int classes = Math.Max(train.OutputCount, plan.OutputCount == 1 ? 2 : 1);
        if (values is not null)
            return Checked(Option, classes, "class");
        var counts = new int[classes];
        foreach (int label in labels)
            counts[label]++;
        int missing = Array.IndexOf(counts, 0);
        return missing < 0
            ? Array.ConvertAll(counts, count => (double)labels.Length / ((double)classes * count))
            : throw new TrainingOptionsException(Option, $"class {missing} has no samples in {train.Name}, so it has no balanced weight; add samples, or use {nameof(LossWeights)}.{nameof(Of)}.");
    }

    /// <summary>Returns the weight of the positive targets of each output.</summary>
    /// <exception cref="TrainingOptionsException">The weights do not fit the outputs or the data.</exception>
    internal double[] OfPositives(Dataset train, ModelPlan plan)
    {
        const string Option = nameof(TrainingOptions.PositiveWeights);
        int outputs = plan.OutputCount;
        if (values is not null)
            return Checked(Option, outputs, "output");
        double[] positives = PositivesOf(train, outputs);
        return [.. positives.Select((positive, output) =>
        {
            double negative = train.Count - positive;
            return positive > 0 && negative > 0
                ? negative / positive
                : throw new TrainingOptionsException(Option, $"{(positive > 0 ? "all samples" : "no samples")} of {train.Name} are positive for output {output}, so it has no balanced weight; add others, or use {nameof(LossWeights)}.{nameof(Of)}.");
        })];
    }

    private static double[] PositivesOf(Dataset train, int outputs)
    {
        var sums = new double[outputs];
        if (train.Labels is { } labels)
        {
            foreach (int label in labels)
                sums[outputs == 1 ? 0 : label] += outputs == 1 ? label : 1;
            return sums;
        }

        float[] targets = train.Targets!;
        for (int i = 0; i < targets.Length; i++)
            sums[i % outputs] += targets[i];
        return sums;
    }

    private double[] Checked(string option, int needed, string what)
    {
        string each = what == "class" ? "classes" : "outputs";
        if (values!.Length != needed)
            throw new TrainingOptionsException(option, $"there are {values.Length} weights, but {needed} {each}; give one for each.");
        int wrong = Array.FindIndex(values, value => !float.IsFinite((float)value) || value < 0);
        if (wrong >= 0)
            throw new TrainingOptionsException(option, Invariant($"the weight of {what} {wrong} is {values[wrong]}; it must be finite in 32 bits and at least 0."));
        return Array.TrueForAll(values, value => value == 0)
            ? throw new TrainingOptionsException(option, $"the weights of all {needed} {each} are 0; give at least one a positive weight.")
            : values;
    }
}
