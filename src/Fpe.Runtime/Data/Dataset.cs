using Fpe.Data.Files;
using Fpe.Numerics;
using static System.FormattableString;

namespace Fpe.Data;

/// <summary>
/// Samples, each with a class or a vector of target values. The samples are either in memory and checked once, on creation, or they come
/// from an <see cref="IRowSource"/> and are read when they are used.
/// </summary>
public sealed class Dataset
{
    private Dataset(
        string name, IRowSource rows, int[]? labels, float[]? targets, int outputCount, Standardization? standardization = null, float[]? weights = null)
    {
        Name = name;
        Rows = rows;
        Labels = labels;
        Targets = targets;
        OutputCount = outputCount;
        Standardization = standardization;
        Weights = weights;
    }

    /// <summary>Gets the name for messages and reports.</summary>
    public string Name { get; }

    /// <summary>Gets the number of samples.</summary>
    public int Count => Rows.Count;

    /// <summary>Gets the number of values per sample.</summary>
    public int FeatureCount => Rows.FeatureCount;

    /// <summary>Gets the number of classes, or of target values per sample.</summary>
    public int OutputCount { get; }

    /// <summary>Gets whether samples have classes instead of target values.</summary>
    public bool HasLabels => Labels is not null;

    /// <summary>Gets whether samples have weights of their own; see <see cref="WithWeights"/>.</summary>
    public bool HasWeights => Weights is not null;

    /// <summary>Gets whether the samples are in memory instead of being read from a file or a custom source when they are used.</summary>
    public bool IsInMemory => Rows.IsInMemory;

    /// <summary>The standardisation that was applied to the samples; null if they are as they were read.</summary>
    internal Standardization? Standardization { get; }

    /// <summary>The source of the samples.</summary>
    internal IRowSource Rows { get; }

    /// <summary>What the values of a sample are, in their order: numbers, or tokens of a vocabulary.</summary>
    internal IReadOnlyList<FeaturePart> Parts => Rows.Parts;

    /// <summary>The samples, row by row: [count, features]; null if they are not in one array.</summary>
    internal float[]? Features => (Rows as ArrayRows)?.Values;

    /// <summary>The zero-based class of each sample; null if samples have target values.</summary>
    internal int[]? Labels { get; }

    /// <summary>The target values of each sample, row by row: [count, outputs]; null if samples have classes.</summary>
    internal float[]? Targets { get; }

    /// <summary>The weight of each sample in the loss; null if all are 1.</summary>
    internal float[]? Weights { get; }

    /// <summary>Creates a data set of samples with classes.</summary>
    /// <param name="name">The name for messages and reports.</param>
    /// <param name="featureCount">The number of values per sample; at least 1.</param>
    /// <param name="features">The samples, row by row: [count, features]; finite numbers. The array is not copied.</param>
    /// <param name="labels">The class of each sample, from 0 to <paramref name="classCount"/> − 1. The array is not copied.</param>
    /// <param name="classCount">The number of classes; at least 1.</param>
    /// <exception cref="DatasetException">The data set is empty, or lengths, labels or values are invalid.</exception>
    public static Dataset OfClasses(string name, int featureCount, float[] features, int[] labels, int classCount)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return OfClasses(name, CheckValues(name, featureCount, features), labels, classCount);
    }

    /// <summary>Creates a data set of samples with classes that are read when they are used.</summary>
    /// <param name="name">The name for messages and reports.</param>
    /// <param name="rows">The source of the samples; their values are not checked here.</param>
    /// <param name="labels">The class of each sample, from 0 to <paramref name="classCount"/> − 1. The array is not copied.</param>
    /// <param name="classCount">The number of classes; at least 1.</param>
    /// <exception cref="DatasetException">The data set is empty, or the number of labels, a label or the number of classes is invalid.</exception>
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

    /// <summary>Creates a data set of samples with vectors of target values.</summary>
    /// <param name="name">The name for messages and reports.</param>
    /// <param name="featureCount">The number of values per sample; at least 1.</param>
    /// <param name="features">The samples row by row: [count, features]; finite numbers. The array is not copied.</param>
    /// <param name="targetCount">The number of target values per sample; at least 1.</param>
    /// <param name="targets">The target values, row by row: [count, targets]; finite numbers. The array is not copied.</param>
    /// <exception cref="DatasetException">The data set is empty, or lengths or values are invalid.</exception>
    public static Dataset OfTargets(string name, int featureCount, float[] features, int targetCount, float[] targets) =>
        OfTargets(name, CheckValues(name, featureCount, features), targetCount, targets);

    /// <summary>Creates a data set of samples with vectors of target values that are read when they are used.</summary>
    /// <param name="name">The name for messages and reports.</param>
    /// <param name="rows">The source of the samples; their values are not checked here.</param>
    /// <param name="targetCount">The number of target values per sample; at least 1.</param>
    /// <param name="targets">The target values row by row: [count, targets]; finite numbers. The array is not copied.</param>
    /// <exception cref="DatasetException">The data set is empty, or the number of targets or a target is invalid.</exception>
    public static Dataset OfTargets(string name, IRowSource rows, int targetCount, float[] targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentException.ThrowIfNullOrEmpty(name);
        DatasetException.RequirePositive(name, "the number of target values", targetCount);
        if (targets.Length % targetCount != 0)
            throw new DatasetException(name, $"{targets.Length} target values are not a whole number of rows of {targetCount}; pass {targetCount} values for every sample.");
        CheckCount(name, rows, targets.Length / targetCount, "rows of target values");
        CheckFinite(name, "target", targetCount, targets);
        return new Dataset(name, rows, labels: null, targets, targetCount);
    }

    /// <summary>
    /// Joins data sets with the same samples: the values of a sample are those of all parts, in this order, which is that of the model's
    /// inputs. If a part was standardised, so is the result, and numbers of parts that were not have mean 0 and deviation 1.
    /// </summary>
    /// <param name="name">The name for messages and reports.</param>
    /// <param name="parts">At least one data set. All have the same number of samples, in the same order, with the same classes or target values.</param>
    /// <exception cref="DatasetException">The parts do not have the same samples, or have too many values.</exception>
    public static Dataset Join(string name, params IReadOnlyList<Dataset> parts)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentOutOfRangeException.ThrowIfZero(parts.Count, nameof(parts));
        foreach (Dataset part in parts)
            CheckSameSamples(name, parts[0], part);
        long width = parts.Sum(part => (long)part.FeatureCount);
        if (width > Array.MaxLength)
            throw new DatasetException(name, $"{width} values per sample exceed the maximum of {Array.MaxLength}; join fewer parts.");

        Dataset first = parts[0];
        var joined = new Dataset(name, new JoinedRows([.. parts.Select(part => part.Rows)]), first.Labels, first.Targets, first.OutputCount, Standardization.Join(parts), first.Weights);
        return parts.All(part => part.Features is not null) ? joined.ToMemory() : joined;
    }

    /// <summary>Divides the samples randomly into two parts.</summary>
    /// <param name="firstName">The name of the first part.</param>
    /// <param name="firstCount">The number of samples in the first part; from 1 to the number of samples − 1.</param>
    /// <param name="secondName">The name of the second part.</param>
    /// <param name="seed">The seed of the order.</param>
    /// <exception cref="DatasetException">One of the parts would be empty.</exception>
    public (Dataset First, Dataset Second) Divide(string firstName, int firstCount, string secondName, long seed)
    {
        if (firstCount < 1 || firstCount >= Count)
            throw new DatasetException(Name, Invariant($"{firstCount} of {Count} samples in one part leave the other part empty; use 1 to {Count - 1}."));
        int[] order = new RandomStream(seed, RandomPurpose.DataSplit).Permutation(Count);
        return (Select(firstName, order.AsSpan(0, firstCount)), Select(secondName, order.AsSpan(firstCount)));
    }

    /// <summary>Returns the values of a sample. If they are not in one array, they are read into a new array.</summary>
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

    /// <summary>
    /// Returns the same data set with its samples in one array in memory, from which batches are gathered fastest; tokens then take as many
    /// numbers as there are places.
    /// </summary>
    /// <exception cref="DatasetException">The samples do not fit into one array, or a value is not finite.</exception>
    public Dataset ToMemory()
    {
        if (Features is not null)
            return this;
        long length = (long)Count * FeatureCount;
        if (length > Array.MaxLength)
            throw new DatasetException(Name, $"{Count} samples of {FeatureCount} values exceed the {Array.MaxLength} values that fit into memory; train from the file, or divide it.");
        var features = new float[length];
        for (int s = 0; s < Count; s++)
            Read(s, features.AsSpan(s * FeatureCount, FeatureCount));
        return WithRows(new ArrayRows(features, FeatureCount, Parts), Standardization);
    }

    /// <summary>Returns the class of a sample.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="InvalidOperationException">The samples have target values, not classes.</exception>
    public int Label(int index) =>
        Labels is null ? throw new InvalidOperationException($"{Name}: the samples have target values, not classes.") : Labels[index];

    /// <summary>
    /// Returns the same samples with weights. Training and its losses count a sample with weight 2 as two samples, and leave one with weight 0
    /// out; accuracies and metrics count each sample once.
    /// </summary>
    /// <param name="weights">The weight of each sample; finite, at least 0, and not all 0. The array is not copied.</param>
    /// <exception cref="DatasetException">The number of weights, or a weight, is invalid, or all are 0.</exception>
    public Dataset WithWeights(float[] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Length != Count)
            throw new DatasetException(Name, $"{Count} samples, but {weights.Length} weights; pass one for every sample.");
        int wrong = Array.FindIndex(weights, weight => !float.IsFinite(weight) || weight < 0);
        if (wrong >= 0)
            throw new DatasetException(Name, Invariant($"the weight of sample {wrong} is {weights[wrong]}; it must be finite and at least 0."));
        if (Array.TrueForAll(weights, weight => weight == 0))
            throw new DatasetException(Name, $"the weights of all {Count} samples are 0; give at least one sample a positive weight.");
        return new Dataset(Name, Rows, Labels, Targets, OutputCount, Standardization, weights);
    }

    /// <summary>Returns the weight of a sample; 1 if samples have no weights of their own.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    public float Weight(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return Weights?[index] ?? 1;
    }

    /// <summary>Reads the values of a sample from any source.</summary>
    /// <exception cref="DatasetException">A value is not finite.</exception>
    internal void Read(int index, Span<float> values)
    {
        Rows.Read(index, values);
        int wrong = NonFinite.IndexIn(values);
        if (wrong >= 0)
            throw NotFinite(Name, "feature", wrong, index, values[wrong]);
    }

    /// <summary>Returns the same samples with other values.</summary>
    /// <param name="rows">The values.</param>
    /// <param name="standardization">The standardisation that was applied to them; null if there is none.</param>
    internal Dataset WithRows(IRowSource rows, Standardization? standardization) => new(Name, rows, Labels, Targets, OutputCount, standardization, Weights);

    /// <summary>Returns the same samples with other target values.</summary>
    internal Dataset WithTargets(float[] targets) => new(Name, Rows, labels: null, targets, OutputCount, Standardization, Weights);

    private static ArrayRows CheckValues(string name, int featureCount, float[] features)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentException.ThrowIfNullOrEmpty(name);
        DatasetException.RequirePositive(name, "the number of features", featureCount);
        if (features.Length % featureCount != 0)
            throw new DatasetException(name, $"{features.Length} values are not a whole number of samples of {featureCount}; pass {featureCount} values for every sample.");
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

    private static void CheckSameSamples(string name, Dataset first, Dataset part)
    {
        if (part.Count != first.Count)
            throw new DatasetException(name, $"{part.Count} samples of {part.Name}, but {first.Count} of {first.Name}; join data sets of the same samples.");
        if (part.HasLabels != first.HasLabels || part.OutputCount != first.OutputCount)
            throw new DatasetException(name, $"{part.Name} has {OutputsOf(part)}, but {first.Name} has {OutputsOf(first)}; join data sets of the same samples.");
        for (int s = 0; s < first.Count; s++)
        {
            if (first.Labels is not null && part.Labels![s] != first.Labels[s])
                throw new DatasetException(name, $"sample {s} has label {part.Labels[s]} in {part.Name}, but {first.Labels[s]} in {first.Name}; join data sets with the same samples in the same order.");
            if (first.Targets is not null && !part.TargetsOf(s).SequenceEqual(first.TargetsOf(s)))
                throw new DatasetException(name, $"sample {s} has other target values in {part.Name} than in {first.Name}; join data sets with the same samples in the same order.");
            if (part.Weight(s) != first.Weight(s))
                throw new DatasetException(name, Invariant($"sample {s} has weight {part.Weight(s)} in {part.Name}, but {first.Weight(s)} in {first.Name}; give all parts the same weights, or the joined data set."));
        }
    }

    private static void CheckFinite(string name, string what, int width, float[] values)
    {
        int i = NonFinite.IndexIn(values);
        if (i >= 0)
            throw NotFinite(name, what, i % width, i / width, values[i]);
    }

    private static DatasetException NotFinite(string name, string what, int index, int sample, float value) =>
        new(name, Invariant($"{what} {index} of sample {sample} is {value}; replace it with a finite number, or remove the sample."));

    private static string OutputsOf(Dataset dataset) => $"{dataset.OutputCount} {(dataset.HasLabels ? "classes" : "target values")}";

    private ReadOnlySpan<float> TargetsOf(int sample) => Targets.AsSpan(sample * OutputCount, OutputCount);

    private Dataset Select(string name, ReadOnlySpan<int> samples)
    {
        IRowSource rows = Features is null ? new SelectedRows(Rows, samples.ToArray()) : new ArrayRows(RowsOf(Features, FeatureCount, samples), FeatureCount, Parts);
        return new Dataset(
            name, rows,
            Labels is null ? null : RowsOf(Labels, 1, samples),
            Targets is null ? null : RowsOf(Targets, OutputCount, samples),
            OutputCount, Standardization,
            Weights is null ? null : RowsOf(Weights, 1, samples));
    }

    private static T[] RowsOf<T>(T[] source, int width, ReadOnlySpan<int> rows)
    {
        var selected = new T[rows.Length * width];
        for (int r = 0; r < rows.Length; r++)
            Array.Copy(source, rows[r] * width, selected, r * width, width);
        return selected;
    }
}
