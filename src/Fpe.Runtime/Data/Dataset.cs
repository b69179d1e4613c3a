using System.Globalization;
using Fpe.Numerics;

namespace Fpe.Data;

/// <summary>
/// Samples with what is known of them: a class each (<see cref="Labels"/>), or a vector of numbers each (<see cref="Targets"/>).
/// Content is checked once, on creation.
/// </summary>
public sealed class Dataset
{
    private Dataset(string name, int featureCount, float[] features, int[]? labels, float[]? targets, int outputCount)
    {
        Name = name;
        FeatureCount = featureCount;
        Features = features;
        Labels = labels;
        Targets = targets;
        OutputCount = outputCount;
    }

    /// <summary>Name for messages and reports.</summary>
    public string Name { get; }

    /// <summary>Number of samples.</summary>
    public int Count => Features.Length / FeatureCount;

    /// <summary>Values per sample.</summary>
    public int FeatureCount { get; }

    /// <summary>Classes, or target values per sample.</summary>
    public int OutputCount { get; }

    /// <summary>Whether samples have classes, as opposed to target values.</summary>
    public bool HasLabels => Labels is not null;

    /// <summary>The samples row by row: [count, features].</summary>
    internal float[] Features { get; }

    /// <summary>The class of each sample, from 0; null where samples have target values.</summary>
    internal int[]? Labels { get; }

    /// <summary>The target values of each sample row by row: [count, outputs]; null where samples have classes.</summary>
    internal float[]? Targets { get; }

    /// <summary>Samples with a class each.</summary>
    /// <param name="name">Name for messages and reports.</param>
    /// <param name="featureCount">Values per sample; at least 1.</param>
    /// <param name="features">The samples row by row: [count, features]; finite numbers. The array is not copied.</param>
    /// <param name="labels">The class of each sample, from 0 to <paramref name="classCount"/> − 1. The array is not copied.</param>
    /// <param name="classCount">Number of classes; at least 1.</param>
    /// <exception cref="DatasetException">The data set is empty, or lengths, labels or values are wrong.</exception>
    public static Dataset OfClasses(string name, int featureCount, float[] features, int[] labels, int classCount)
    {
        ArgumentNullException.ThrowIfNull(labels);
        int count = CheckSamples(name, featureCount, features, labels.Length, "labels");
        for (int s = 0; s < count; s++)
        {
            if ((uint)labels[s] >= (uint)classCount)
                throw new DatasetException(name, $"sample {s} has label {labels[s]}, but the {classCount} classes are 0 to {classCount - 1}; correct the label or the number of classes.");
        }

        return new Dataset(name, featureCount, features, labels, targets: null, classCount);
    }

    /// <summary>Samples with a vector of numbers each.</summary>
    /// <param name="name">Name for messages and reports.</param>
    /// <param name="featureCount">Values per sample; at least 1.</param>
    /// <param name="features">The samples row by row: [count, features]; finite numbers. The array is not copied.</param>
    /// <param name="targetCount">Target values per sample; at least 1.</param>
    /// <param name="targets">The target values row by row: [count, targets]; finite numbers. The array is not copied.</param>
    /// <exception cref="DatasetException">The data set is empty, or lengths or values are wrong.</exception>
    public static Dataset OfTargets(string name, int featureCount, float[] features, int targetCount, float[] targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(targetCount);
        if (targets.Length % targetCount != 0)
            throw new DatasetException(name, $"{targets.Length} target values are no whole number of rows of {targetCount}; pass {targetCount} values for every sample.");
        CheckSamples(name, featureCount, features, targets.Length / targetCount, "rows of target values");
        CheckFinite(name, "target", targetCount, targets);
        return new Dataset(name, featureCount, features, labels: null, targets, targetCount);
    }

    /// <summary>Divides the samples at random into two parts.</summary>
    /// <param name="firstName">Name of the first part.</param>
    /// <param name="firstCount">Samples of the first part; from 1 to the number of samples − 1.</param>
    /// <param name="secondName">Name of the second part.</param>
    /// <param name="seed">Seed of the order.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of the parts would be empty.</exception>
    public (Dataset First, Dataset Second) Divide(string firstName, int firstCount, string secondName, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(firstCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(firstCount, Count);
        int[] order = new RandomStream(seed, RandomPurpose.DataSplit).Permutation(Count);
        return (Select(firstName, order.AsSpan(0, firstCount)), Select(secondName, order.AsSpan(firstCount)));
    }

    /// <summary>The values of one sample.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    public ReadOnlySpan<float> Sample(int index) => Features.AsSpan(index * FeatureCount, FeatureCount);

    /// <summary>The class of one sample.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="InvalidOperationException">The samples have target values, not classes.</exception>
    public int Label(int index) =>
        Labels is null ? throw new InvalidOperationException($"{Name}: the samples have target values, not classes.") : Labels[index];

    private static int CheckSamples(string name, int featureCount, float[] features, int known, string what)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(featureCount);
        int count = features.Length / featureCount;
        if (features.Length % featureCount != 0)
            throw new DatasetException(name, $"{features.Length} values are no whole number of samples of {featureCount}; pass {featureCount} values for every sample.");
        if (count == 0)
            throw new DatasetException(name, "it has no samples; pass at least one.");
        if (count != known)
            throw new DatasetException(name, $"{count} samples, but {known} {what}; pass one for every sample.");
        CheckFinite(name, "feature", featureCount, features);
        return count;
    }

    private static void CheckFinite(string name, string what, int width, float[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw new DatasetException(name, string.Create(CultureInfo.InvariantCulture, $"{what} {i % width} of sample {i / width} is {values[i]}; replace it by a finite number or leave the sample out."));
        }
    }

    private Dataset Select(string name, ReadOnlySpan<int> samples)
    {
        return new Dataset(
            name, FeatureCount, Rows(Features, FeatureCount, samples),
            Labels is null ? null : Rows(Labels, 1, samples),
            Targets is null ? null : Rows(Targets, OutputCount, samples),
            OutputCount);
    }

    private static T[] Rows<T>(T[] source, int width, ReadOnlySpan<int> rows)
    {
        var selected = new T[rows.Length * width];
        for (int r = 0; r < rows.Length; r++)
            Array.Copy(source, rows[r] * width, selected, r * width, width);
        return selected;
    }
}
