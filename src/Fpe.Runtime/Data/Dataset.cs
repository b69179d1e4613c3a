using Fpe.Data.Files;
using Fpe.Numerics;
using static System.FormattableString;

namespace Fpe.Data;

/// <summary>
/// Samples with what is known of them: a class each, or a vector of numbers each. The samples are in memory, and then checked
/// once, on creation; or they come from an <see cref="IRowSource"/>, and are read when they are used.
/// </summary>
public sealed class Dataset
{
    private Dataset(string name, IRowSource rows, int[]? labels, float[]? targets, int outputCount)
    {
        Name = name;
        Rows = rows;
        Labels = labels;
        Targets = targets;
        OutputCount = outputCount;
    }

    /// <summary>Name for messages and reports.</summary>
    public string Name { get; }

    /// <summary>Number of samples.</summary>
    public int Count => Rows.Count;

    /// <summary>Values per sample.</summary>
    public int FeatureCount => Rows.FeatureCount;

    /// <summary>Classes, or target values per sample.</summary>
    public int OutputCount { get; }

    /// <summary>Whether samples have classes, as opposed to target values.</summary>
    public bool HasLabels => Labels is not null;

    /// <summary>Whether the samples are in memory, as opposed to being read when they are used.</summary>
    public bool IsInMemory => Features is not null;

    /// <summary>Where the samples come from.</summary>
    internal IRowSource Rows { get; }

    /// <summary>The samples row by row: [count, features]; null where they are not in memory.</summary>
    internal float[]? Features => (Rows as ArrayRows)?.Values;

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
        return OfClasses(name, CheckValues(name, featureCount, features), labels, classCount);
    }

    /// <summary>Samples that are read when they are used, with a class each.</summary>
    /// <param name="name">Name for messages and reports.</param>
    /// <param name="rows">Where the samples come from; their values are not checked here.</param>
    /// <param name="labels">The class of each sample, from 0 to <paramref name="classCount"/> − 1. The array is not copied.</param>
    /// <param name="classCount">Number of classes; at least 1.</param>
    /// <exception cref="DatasetException">The data set is empty, or the number of labels, a label or the number of classes is wrong.</exception>
    public static Dataset OfClasses(string name, IRowSource rows, int[] labels, int classCount)
    {
        ArgumentNullException.ThrowIfNull(labels);
        CheckCount(name, rows, labels.Length, "labels");
        DatasetException.RequirePositive(name, "the number of classes", classCount);
        for (int s = 0; s < labels.Length; s++)
        {
            if ((uint)labels[s] >= (uint)classCount)
                throw new DatasetException(name, Invariant($"sample {s} has label {labels[s]}, but the {classCount} classes are 0 to {classCount - 1}; correct the label or the number of classes."));
        }

        return new Dataset(name, rows, labels, targets: null, classCount);
    }

    /// <summary>Samples with a vector of numbers each.</summary>
    /// <param name="name">Name for messages and reports.</param>
    /// <param name="featureCount">Values per sample; at least 1.</param>
    /// <param name="features">The samples row by row: [count, features]; finite numbers. The array is not copied.</param>
    /// <param name="targetCount">Target values per sample; at least 1.</param>
    /// <param name="targets">The target values row by row: [count, targets]; finite numbers. The array is not copied.</param>
    /// <exception cref="DatasetException">The data set is empty, or lengths or values are wrong.</exception>
    public static Dataset OfTargets(string name, int featureCount, float[] features, int targetCount, float[] targets) =>
        OfTargets(name, CheckValues(name, featureCount, features), targetCount, targets);

    /// <summary>Samples that are read when they are used, with a vector of numbers each.</summary>
    /// <param name="name">Name for messages and reports.</param>
    /// <param name="rows">Where the samples come from; their values are not checked here.</param>
    /// <param name="targetCount">Target values per sample; at least 1.</param>
    /// <param name="targets">The target values row by row: [count, targets]; finite numbers. The array is not copied.</param>
    /// <exception cref="DatasetException">The data set is empty, or the number of targets or a target is wrong.</exception>
    public static Dataset OfTargets(string name, IRowSource rows, int targetCount, float[] targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentException.ThrowIfNullOrEmpty(name);
        DatasetException.RequirePositive(name, "the number of target values", targetCount);
        if (targets.Length % targetCount != 0)
            throw new DatasetException(name, $"{targets.Length} target values are no whole number of rows of {targetCount}; pass {targetCount} values for every sample.");
        CheckCount(name, rows, targets.Length / targetCount, "rows of target values");
        CheckFinite(name, "target", targetCount, targets);
        return new Dataset(name, rows, labels: null, targets, targetCount);
    }

    /// <summary>Divides the samples at random into two parts.</summary>
    /// <param name="firstName">Name of the first part.</param>
    /// <param name="firstCount">Samples of the first part; from 1 to the number of samples − 1.</param>
    /// <param name="secondName">Name of the second part.</param>
    /// <param name="seed">Seed of the order.</param>
    /// <exception cref="DatasetException">One of the parts would be empty.</exception>
    public (Dataset First, Dataset Second) Divide(string firstName, int firstCount, string secondName, long seed)
    {
        if (firstCount < 1 || firstCount >= Count)
            throw new DatasetException(Name, Invariant($"{firstCount} of {Count} samples in one part leave another part empty; use 1 to {Count - 1}."));
        int[] order = new RandomStream(seed, RandomPurpose.DataSplit).Permutation(Count);
        return (Select(firstName, order.AsSpan(0, firstCount)), Select(secondName, order.AsSpan(firstCount)));
    }

    /// <summary>The values of one sample; where they are not in memory, read into a new array.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="DatasetException">A value that is read is not finite.</exception>
    public ReadOnlySpan<float> Sample(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        if (Features is not null)
            return Features.AsSpan(index * FeatureCount, FeatureCount);
        var values = new float[FeatureCount];
        Read(index, values);
        return values;
    }

    /// <summary>The same data set with its samples in memory.</summary>
    /// <exception cref="DatasetException">They do not fit into one array, or a value is not finite.</exception>
    public Dataset ToMemory()
    {
        if (IsInMemory)
            return this;
        long length = (long)Count * FeatureCount;
        if (length > Array.MaxLength)
            throw new DatasetException(Name, $"{Count} samples of {FeatureCount} values are more than the {Array.MaxLength} values that fit into memory at once; train from the file, or divide it.");
        var features = new float[length];
        for (int s = 0; s < Count; s++)
            Read(s, features.AsSpan(s * FeatureCount, FeatureCount));
        return WithRows(new ArrayRows(features, FeatureCount));
    }

    /// <summary>The class of one sample.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="InvalidOperationException">The samples have target values, not classes.</exception>
    public int Label(int index) =>
        Labels is null ? throw new InvalidOperationException($"{Name}: the samples have target values, not classes.") : Labels[index];

    /// <summary>Reads the values of a sample, wherever they come from.</summary>
    /// <exception cref="DatasetException">A value is not finite.</exception>
    internal void Read(int index, Span<float> values)
    {
        Rows.Read(index, values);
        int wrong = NonFinite.IndexIn(values);
        if (wrong >= 0)
            throw NotFinite(Name, "feature", wrong, index, values[wrong]);
    }

    /// <summary>The same samples with other values.</summary>
    internal Dataset WithRows(IRowSource rows) => new(Name, rows, Labels, Targets, OutputCount);

    private static ArrayRows CheckValues(string name, int featureCount, float[] features)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentException.ThrowIfNullOrEmpty(name);
        DatasetException.RequirePositive(name, "the number of features", featureCount);
        if (features.Length % featureCount != 0)
            throw new DatasetException(name, $"{features.Length} values are no whole number of samples of {featureCount}; pass {featureCount} values for every sample.");
        CheckFinite(name, "feature", featureCount, features);
        return new ArrayRows(features, featureCount);
    }

    private static void CheckCount(string name, IRowSource rows, int known, string what)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count < 1)
            throw new DatasetException(name, "it has no samples; pass at least one.");
        DatasetException.RequirePositive(name, "the number of features", rows.FeatureCount);
        if (rows.Count != known)
            throw new DatasetException(name, $"{rows.Count} samples, but {known} {what}; pass one for every sample.");
    }

    private static void CheckFinite(string name, string what, int width, float[] values)
    {
        int i = NonFinite.IndexIn(values);
        if (i >= 0)
            throw NotFinite(name, what, i % width, i / width, values[i]);
    }

    private static DatasetException NotFinite(string name, string what, int index, int sample, float value) =>
        new(name, Invariant($"{what} {index} of sample {sample} is {value}; replace it by a finite number or leave the sample out."));

    private Dataset Select(string name, ReadOnlySpan<int> samples)
    {
        IRowSource rows = Features is null ? new SelectedRows(Rows, samples.ToArray()) : new ArrayRows(RowsOf(Features, FeatureCount, samples), FeatureCount);
        return new Dataset(
            name, rows,
            Labels is null ? null : RowsOf(Labels, 1, samples),
            Targets is null ? null : RowsOf(Targets, OutputCount, samples),
            OutputCount);
    }

    private static T[] RowsOf<T>(T[] source, int width, ReadOnlySpan<int> rows)
    {
        var selected = new T[rows.Length * width];
        for (int r = 0; r < rows.Length; r++)
            Array.Copy(source, rows[r] * width, selected, r * width, width);
        return selected;
    }
}
