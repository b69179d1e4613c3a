using static System.FormattableString;

namespace Fpe.Data;

/// <summary>
/// Brings values to mean 0 and deviation 1: (value − mean) / deviation. What is measured on the training part is applied to all
/// parts, so that nothing is learned from test data. What is constant in the training part becomes 0 in all of them.
/// </summary>
/// <remarks>
/// Values that differ by no more than what rounding to 32 bits makes of one number count as constant: a deviation of at most
/// 2⁻²² times the largest of them, which is two to four times the distance of neighbouring numbers of 32 bits.
/// </remarks>
public sealed class Standardization
{
    /// <summary>Of a deviation over the largest value: what is not above it may be rounding.</summary>
    private const double Rounding = 1.0 / (1 << 22);

    private readonly double[] means;
    private readonly double[] deviations;

    private Standardization(int featureCount, double[] means, double[] deviations)
    {
        FeatureCount = featureCount;
        this.means = means;
        this.deviations = deviations;
    }

    /// <summary>Values per sample.</summary>
    public int FeatureCount { get; }

    /// <summary>Mean of each group of features: every feature, every channel, or all values.</summary>
    public IReadOnlyList<double> Means => means;

    /// <summary>Standard deviation of each group, by the number of its values; 0 where all of them are equal but for rounding.</summary>
    public IReadOnlyList<double> Deviations => deviations;

    /// <summary>Measures every feature for itself.</summary>
    /// <param name="train">The training part.</param>
    /// <exception cref="DatasetException">A value is not finite.</exception>
    public static Standardization PerFeature(Dataset train) => PerChannel(train, NotNull(train).FeatureCount);

    /// <summary>Measures one mean and deviation over all values, as is usual for images of one channel.</summary>
    /// <param name="train">The training part.</param>
    /// <exception cref="DatasetException">A value is not finite.</exception>
    public static Standardization OverAll(Dataset train) => PerChannel(train, 1);

    /// <summary>Measures every channel of images: a sample is one channel after the other, all of one size.</summary>
    /// <param name="train">The training part.</param>
    /// <param name="channels">Number of channels; divides the number of features.</param>
    /// <exception cref="DatasetException">The features are no whole number of channels, or a value is not finite.</exception>
    public static Standardization PerChannel(Dataset train, int channels)
    {
        DatasetException.RequirePositive(NotNull(train).Name, "the number of channels", channels);
        if (train.FeatureCount % channels != 0)
            throw new DatasetException(train.Name, Invariant($"samples of {train.FeatureCount} values have no {channels} channels of one size; pass a number that divides {train.FeatureCount}."));

        int size = train.FeatureCount / channels;
        double valuesOfChannel = (double)train.Count * size;
        var means = new double[channels];
        var largest = new double[channels];
        ForEachValue(train, size, (channel, value) =>
        {
            means[channel] += value;
            largest[channel] = Math.Max(largest[channel], Math.Abs(value));
        });
        for (int c = 0; c < channels; c++)
            means[c] /= valuesOfChannel;

        // a second pass rather than sums of squares, which lose what small deviations of large values are made of
        var deviations = new double[channels];
        ForEachValue(train, size, (channel, value) => deviations[channel] += (value - means[channel]) * (value - means[channel]));
        for (int c = 0; c < channels; c++)
        {
            double deviation = Math.Sqrt(deviations[c] / valuesOfChannel);
            deviations[c] = deviation <= Rounding * largest[c] ? 0 : deviation;
        }

        return new Standardization(train.FeatureCount, means, deviations);
    }

    /// <summary>The data set with standardised values; one that is not in memory is standardised, and checked, as it is read.</summary>
    /// <param name="dataset">Any part of the data.</param>
    /// <exception cref="DatasetException">Its samples have another number of values, or one is too large for 32 bits when it is standardised.</exception>
    public Dataset Apply(Dataset dataset)
    {
        if (NotNull(dataset).FeatureCount != FeatureCount)
            throw new DatasetException(dataset.Name, Invariant($"its samples have {dataset.FeatureCount} values, but those that were measured have {FeatureCount}; apply it to data of the same kind."));
        Dataset standardised = dataset.WithRows(new StandardizedRows(dataset.Name, dataset.Rows, this));
        return dataset.IsInMemory ? standardised.ToMemory() : standardised;
    }

    /// <summary>Standardises the values of one sample in place.</summary>
    /// <param name="dataset">Name of the data set, for messages.</param>
    /// <param name="row">Number of the sample, for messages.</param>
    /// <param name="sample">The values.</param>
    /// <exception cref="DatasetException">A result is no finite number of 32 bits.</exception>
    internal void Apply(string dataset, int row, Span<float> sample)
    {
        int size = FeatureCount / means.Length;
        for (int i = 0; i < sample.Length; i++)
        {
            (double mean, double deviation) = (means[i / size], deviations[i / size]);
            float value = deviation == 0 ? 0 : (float)((sample[i] - mean) / deviation);
            if (!float.IsFinite(value))
                throw new DatasetException(dataset, Invariant($"feature {i} of sample {row} is {sample[i]}, which with mean {mean} and deviation {deviation} becomes {value}; correct the value, or leave the feature out."));
            sample[i] = value;
        }
    }

    private static Dataset NotNull(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return dataset;
    }

    private static void ForEachValue(Dataset dataset, int channelSize, Action<int, float> action)
    {
        var sample = new float[dataset.FeatureCount];
        for (int s = 0; s < dataset.Count; s++)
        {
            dataset.Read(s, sample);
            for (int i = 0; i < sample.Length; i++)
                action(i / channelSize, sample[i]);
        }
    }
}
