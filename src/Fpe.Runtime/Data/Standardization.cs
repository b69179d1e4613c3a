using System.Globalization;

namespace Fpe.Data;

/// <summary>
/// Brings values to mean 0 and deviation 1: (value − mean) / deviation. What is measured on the training part is applied to all
/// parts, so that nothing is learned from test data. What is constant in the training part becomes 0 in all of them.
/// </summary>
public sealed class Standardization
{
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

    /// <summary>Standard deviation of each group, by the number of its values; 0 where all of them are equal.</summary>
    public IReadOnlyList<double> Deviations => deviations;

    /// <summary>Measures every feature for itself.</summary>
    /// <param name="train">The training part.</param>
    public static Standardization PerFeature(Dataset train) => PerChannel(train, NotNull(train).FeatureCount);

    /// <summary>Measures one mean and deviation over all values, as is usual for images of one channel.</summary>
    /// <param name="train">The training part.</param>
    public static Standardization OverAll(Dataset train) => PerChannel(train, 1);

    /// <summary>Measures every channel of images: a sample is one channel after the other, all of one size.</summary>
    /// <param name="train">The training part.</param>
    /// <param name="channels">Number of channels; divides the number of features.</param>
    /// <exception cref="DatasetException">The features are no whole number of channels.</exception>
    public static Standardization PerChannel(Dataset train, int channels)
    {
        NotNull(train);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        if (train.FeatureCount % channels != 0)
            throw new DatasetException(train.Name, string.Create(CultureInfo.InvariantCulture, $"samples of {train.FeatureCount} values have no {channels} channels of one size; pass a number that divides {train.FeatureCount}."));

        int size = train.FeatureCount / channels;
        double valuesOfChannel = (double)train.Count * size;
        var means = new double[channels];
        ForEachValue(train, size, (channel, value) => means[channel] += value);
        for (int c = 0; c < channels; c++)
            means[c] /= valuesOfChannel;

        // a second pass rather than sums of squares, which lose what small deviations of large values are made of
        var deviations = new double[channels];
        var constants = new bool[channels];
        ReadOnlySpan<float> first = train.Sample(0);
        var references = new float[channels];
        for (int c = 0; c < channels; c++)
            (references[c], constants[c]) = (first[c * size], true);
        ForEachValue(train, size, (channel, value) =>
        {
            deviations[channel] += (value - means[channel]) * (value - means[channel]);
            constants[channel] &= value == references[channel];
        });
        for (int c = 0; c < channels; c++)
            deviations[c] = constants[c] ? 0 : Math.Sqrt(deviations[c] / valuesOfChannel);
        return new Standardization(train.FeatureCount, means, deviations);
    }

    /// <summary>The data set with standardised values; one that is not in memory is standardised as it is read.</summary>
    /// <param name="dataset">Any part of the data.</param>
    /// <exception cref="DatasetException">Its samples have another number of values.</exception>
    public Dataset Apply(Dataset dataset)
    {
        if (NotNull(dataset).FeatureCount != FeatureCount)
            throw new DatasetException(dataset.Name, $"its samples have {dataset.FeatureCount} values, but those that were measured have {FeatureCount}; apply it to data of the same kind.");
        Dataset standardised = dataset.WithRows(new StandardizedRows(dataset.Rows, this));
        return dataset.IsInMemory ? standardised.ToMemory() : standardised;
    }

    /// <summary>Standardises the values of one sample in place.</summary>
    internal void Apply(Span<float> sample)
    {
        int size = FeatureCount / means.Length;
        for (int c = 0; c < means.Length; c++)
        {
            (double mean, double deviation) = (means[c], deviations[c]);
            foreach (ref float value in sample.Slice(c * size, size))
                value = deviation == 0 ? 0 : (float)((value - mean) / deviation);
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
            dataset.Rows.Read(s, sample);
            for (int i = 0; i < sample.Length; i++)
                action(i / channelSize, sample[i]);
        }
    }
}
