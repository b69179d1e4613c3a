using static System.FormattableString;

namespace Fpe.Data;

/// <summary>
/// Standardises values to mean 0 and deviation 1: (value − mean) / deviation. The statistics are computed from the training part and
/// applied to all parts, so that nothing is learned from test data. Values that are constant in the training part become 0 in all parts.
/// Tokens are not numbers, and are left as they are.
/// </summary>
/// <remarks>
/// Values that differ only by rounding to 32 bits count as constant: their deviation is at most 2⁻²² times the largest of them, which is
/// two to four times the distance between adjacent 32-bit numbers.
/// </remarks>
public sealed class Standardization : IEquatable<Standardization>
{
    /// <summary>The ratio of the deviation to the largest value up to which differences can be due to rounding.</summary>
    private const double Rounding = 1.0 / (1 << 22);

    /// <summary>What <see cref="groups"/> has for a token.</summary>
    private const int NoGroup = -1;

    private readonly int[] groups;
    private readonly double[] means;
    private readonly double[] deviations;

    /// <param name="groups">The group of each feature; <see cref="NoGroup"/> for tokens.</param>
    /// <param name="means">The mean of each group.</param>
    /// <param name="deviations">The deviation of each group.</param>
    internal Standardization(int[] groups, double[] means, double[] deviations)
    {
        this.groups = groups;
        this.means = means;
        this.deviations = deviations;
    }

    /// <summary>Gets the number of values per sample.</summary>
    public int FeatureCount => groups.Length;

    /// <summary>Gets the mean of each group of features: each feature, each channel, or all values.</summary>
    public IReadOnlyList<double> Means => means;

    /// <summary>Gets the population standard deviation of each group; 0 if all values are equal except for rounding.</summary>
    public IReadOnlyList<double> Deviations => deviations;

    /// <summary>Computes the statistics of each feature.</summary>
    /// <param name="train">The training part.</param>
    /// <exception cref="DatasetException">There are only tokens, or a value is not finite.</exception>
    public static Standardization PerFeature(Dataset train) => PerChannel(train, NumbersIn(NotNull(train)));

    /// <summary>Computes the statistics of some features; all others keep their values.</summary>
    /// <param name="train">The training part.</param>
    /// <param name="standardizes">Whether a feature, from 0, is standardised; false for flags, such as those of categories.</param>
    /// <exception cref="DatasetException">There are only tokens, or a value is not finite.</exception>
    public static Standardization PerFeature(Dataset train, Func<int, bool> standardizes)
    {
        ArgumentNullException.ThrowIfNull(standardizes);
        Standardization all = PerFeature(train);
        for (int i = 0; i < all.groups.Length; i++)
        {
            // (value − 0) / 1 is the value, bit for bit.
            if (all.Changes(i) && !standardizes(i))
                (all.means[all.groups[i]], all.deviations[all.groups[i]]) = (0, 1);
        }

        return all;
    }

    /// <summary>Computes one mean and deviation of all values, as is common for images with one channel.</summary>
    /// <param name="train">The training part.</param>
    /// <exception cref="DatasetException">There are only tokens, or a value is not finite.</exception>
    public static Standardization OverAll(Dataset train) => PerChannel(train, 1);

    /// <summary>Computes the statistics of each channel of images: a sample consists of consecutive channels of equal size.</summary>
    /// <param name="train">The training part.</param>
    /// <param name="channels">The number of channels, which must divide the number of features that are numbers.</param>
    /// <exception cref="DatasetException">There are only tokens, the number of numbers is not a multiple of the number of channels, or a value is not finite.</exception>
    public static Standardization PerChannel(Dataset train, int channels)
    {
        DatasetException.RequirePositive(NotNull(train).Name, "the number of channels", channels);
        int numbers = NumbersIn(train);
        if (numbers % channels != 0)
            throw new DatasetException(train.Name, Invariant($"samples of {numbers} values cannot be divided into {channels} channels of equal size; pass a number that divides {numbers}."));

        int size = numbers / channels;
        int[] groups = GroupsOf(train, size);
        double valuesOfChannel = (double)train.Count * size;
        var means = new double[channels];
        var largest = new double[channels];
        ForEachValue(train, groups, (channel, value) =>
        {
            means[channel] += value;
            largest[channel] = Math.Max(largest[channel], Math.Abs(value));
        });
        for (int c = 0; c < channels; c++)
            means[c] /= valuesOfChannel;

        // A second pass is used because sums of squares lose the precision of small deviations of large values.
        var deviations = new double[channels];
        ForEachValue(train, groups, (channel, value) => deviations[channel] += (value - means[channel]) * (value - means[channel]));
        for (int c = 0; c < channels; c++)
        {
            double deviation = Math.Sqrt(deviations[c] / valuesOfChannel);
            deviations[c] = deviation <= Rounding * largest[c] ? 0 : deviation;
        }

        return new Standardization(groups, means, deviations);
    }

    /// <summary>
    /// Computes the statistics of each target value, so that a network learns targets of any size; <see cref="Invert(ReadOnlySpan{float})"/>
    /// returns predictions to their units.
    /// </summary>
    /// <param name="train">The training part, whose samples have target values.</param>
    /// <exception cref="DatasetException">The samples have classes, or a target has the same value for all samples.</exception>
    public static Standardization OfTargets(Dataset train)
    {
        if (NotNull(train).Targets is not { } targets)
            throw new DatasetException(train.Name, "its samples have classes, which are not standardised; use Dataset.OfTargets.");
        Standardization standardization = PerFeature(Dataset.OfTargets(train.Name, train.OutputCount, targets, train.OutputCount, targets));
        int constant = Array.FindIndex(standardization.deviations, deviation => deviation == 0);
        return constant < 0
            ? standardization
            : throw new DatasetException(train.Name, Invariant($"target {constant} is {targets[constant]} for all {train.Count} samples, so there is nothing to learn; remove it, or add samples with other values."));
    }

    /// <summary>Standardises samples.</summary>
    /// <param name="samples">Samples row by row: [batch, features].</param>
    /// <returns>The same samples, standardised.</returns>
    /// <exception cref="ArgumentException">The length is not a whole number of samples.</exception>
    /// <exception cref="DatasetException">A result is not a finite 32-bit number.</exception>
    public float[] Apply(ReadOnlySpan<float> samples)
    {
        var standardized = new float[samples.Length];
        Apply(samples, standardized);
        return standardized;
    }

    /// <summary>Standardises samples.</summary>
    /// <param name="samples">Samples row by row: [batch, features].</param>
    /// <param name="standardized">Receives as many values; may be the same memory.</param>
    /// <exception cref="ArgumentException">The length is not a whole number of samples, or the lengths differ.</exception>
    /// <exception cref="DatasetException">A result is not a finite 32-bit number.</exception>
    public void Apply(ReadOnlySpan<float> samples, Span<float> standardized)
    {
        RequireRows(samples, standardized);
        samples.CopyTo(standardized);
        for (int row = 0; row < standardized.Length / FeatureCount; row++)
            Apply("samples", row, standardized.Slice(row * FeatureCount, FeatureCount));
    }

    /// <summary>Returns standardised values to their units: value · deviation + mean.</summary>
    /// <param name="standardized">Rows of standardised values: [batch, features].</param>
    /// <returns>The same rows in their units. What was constant is its mean.</returns>
    /// <exception cref="ArgumentException">The length is not a whole number of rows.</exception>
    public float[] Invert(ReadOnlySpan<float> standardized)
    {
        var values = new float[standardized.Length];
        Invert(standardized, values);
        return values;
    }

    /// <summary>Returns standardised values to their units: value · deviation + mean.</summary>
    /// <param name="standardized">Rows of standardised values: [batch, features].</param>
    /// <param name="values">Receives as many values; may be the same memory.</param>
    /// <exception cref="ArgumentException">The length is not a whole number of rows, or the lengths differ.</exception>
    public void Invert(ReadOnlySpan<float> standardized, Span<float> values)
    {
        RequireRows(standardized, values);
        for (int i = 0; i < standardized.Length; i++)
        {
            int group = groups[i % groups.Length];
            values[i] = group == NoGroup ? standardized[i] : (float)((standardized[i] * deviations[group]) + means[group]);
        }
    }

    /// <summary>Returns whether two standardisations do the same.</summary>
    public bool Equals(Standardization? other) =>
        other is not null && groups.AsSpan().SequenceEqual(other.groups) && means.AsSpan().SequenceEqual(other.means) && deviations.AsSpan().SequenceEqual(other.deviations);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Standardization);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(groups.Length, means[0], deviations[0]);

    /// <summary>
    /// Returns the data set with standardised values. If it is not in memory, it is standardised and checked as it is read.
    /// </summary>
    /// <param name="dataset">Any part of the data.</param>
    /// <exception cref="DatasetException">Its samples have a different number of values, or a standardised value does not fit into 32 bits.</exception>
    public Dataset Apply(Dataset dataset)
    {
        if (NotNull(dataset).FeatureCount != FeatureCount)
            throw new DatasetException(dataset.Name, Invariant($"its samples have {dataset.FeatureCount} values, but the training samples have {FeatureCount}; apply it to data of the same kind."));
        bool[] tokens = TokensIn(dataset);
        for (int i = 0; i < tokens.Length; i++)
        {
            if (tokens[i] != (groups[i] == NoGroup))
                throw new DatasetException(dataset.Name, Invariant($"feature {i} is {Kind(tokens[i])}, but {Kind(!tokens[i])} in the training samples; apply it to data of the same kind."));
        }

        if (dataset.Standardization is not null)
            throw new DatasetException(dataset.Name, "its samples are standardised already; apply it to the data set as it was read.");
        Dataset standardised = dataset.WithRows(new StandardizedRows(dataset.Name, dataset.Rows, this), this);
        return dataset.Features is not null ? standardised.ToMemory() : standardised;
    }

    /// <summary>
    /// Returns the standardisation of joined samples: the groups of all parts one after the other, and a group that changes nothing for the
    /// numbers of a part that is as it was read. Null if all parts are.
    /// </summary>
    internal static Standardization? Join(IReadOnlyList<Dataset> parts)
    {
        if (parts.All(part => part.Standardization is null))
            return null;
        (List<int> groups, List<double> means, List<double> deviations) = ([], [], []);
        foreach (Dataset part in parts)
        {
            Standardization own = part.Standardization ?? Unchanged(part);
            int first = means.Count;
            groups.AddRange(own.groups.Select(group => group == NoGroup ? NoGroup : first + group));
            means.AddRange(own.means);
            deviations.AddRange(own.deviations);
        }

        return new Standardization([.. groups], [.. means], [.. deviations]);
    }

    /// <summary>The mean and deviation that apply to each feature, as numbers of groups; −1 for tokens.</summary>
    internal ReadOnlySpan<int> Groups => groups;

    /// <summary>Whether a feature is standardised, and not a token.</summary>
    internal bool Changes(int feature) => groups[feature] != NoGroup;

    /// <summary>Standardises the values of one sample in place.</summary>
    /// <param name="dataset">The name of the data set, for messages.</param>
    /// <param name="row">The number of the sample, for messages.</param>
    /// <param name="sample">The values.</param>
    /// <exception cref="DatasetException">A result is not a finite 32-bit number.</exception>
    internal void Apply(string dataset, int row, Span<float> sample)
    {
        for (int i = 0; i < sample.Length; i++)
        {
            if (groups[i] is var group && group == NoGroup)
                continue;
            (double mean, double deviation) = (means[group], deviations[group]);
            float value = deviation == 0 ? 0 : (float)((sample[i] - mean) / deviation);
            if (!float.IsFinite(value))
                throw new DatasetException(dataset, Invariant($"feature {i} of sample {row} is {sample[i]}, which with mean {mean} and deviation {deviation} becomes {value}; correct the value, or remove the feature."));
            sample[i] = value;
        }
    }

    private void RequireRows(ReadOnlySpan<float> rows, Span<float> results)
    {
        if (rows.Length % FeatureCount != 0)
            throw new ArgumentException(Invariant($"{rows.Length} values are not a whole number of rows of {FeatureCount}."), nameof(rows));
        if (results.Length != rows.Length)
            throw new ArgumentException(Invariant($"{rows.Length} values do not fit into a span of {results.Length}; pass one of the same length."), nameof(results));
    }

    private static Dataset NotNull(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return dataset;
    }

    private static bool[] TokensIn(Dataset dataset) =>
        [.. dataset.Parts.SelectMany(part => Enumerable.Repeat(part.Vocabulary is not null, part.Count))];

    private static int NumbersIn(Dataset dataset) => TokensIn(dataset).Count(isToken => !isToken) is > 0 and var numbers
        ? numbers
        : throw new DatasetException(dataset.Name, "its samples consist of tokens, which are not standardised; use it as it is.");

    private static int[] GroupsOf(Dataset dataset, int size)
    {
        int numbers = 0;
        return [.. TokensIn(dataset).Select(isToken => isToken ? NoGroup : numbers++ / size)];
    }

    private static Standardization Unchanged(Dataset dataset)
    {
        int[] groups = GroupsOf(dataset, dataset.FeatureCount);
        return groups.Contains(0) ? new Standardization(groups, [0], [1]) : new Standardization(groups, [], []);
    }

    private static string Kind(bool isToken) => isToken ? "a token" : "a number";

    private static void ForEachValue(Dataset dataset, int[] groups, Action<int, float> action)
    {
        var sample = new float[dataset.FeatureCount];
        for (int s = 0; s < dataset.Count; s++)
        {
            dataset.Read(s, sample);
            for (int i = 0; i < sample.Length; i++)
            {
                if (groups[i] != NoGroup)
                    action(groups[i], sample[i]);
            }
        }
    }
}
