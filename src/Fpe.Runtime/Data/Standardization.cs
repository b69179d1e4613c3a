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
public sealed class Standardization
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
    private Standardization(int[] groups, double[] means, double[] deviations)
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

        Dataset standardised = dataset.WithRows(new StandardizedRows(dataset.Name, dataset.Rows, this));
        return dataset.Features is not null ? standardised.ToMemory() : standardised;
    }

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
