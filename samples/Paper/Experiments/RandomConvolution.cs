using System.Numerics;
using Fpe.Data;
using Fpe.Numerics;

namespace Samples.Paper.Experiments;

/// <summary>
/// A fixed random convolutional projection, as a stand-in for embeddings of a trained network: filters with random weights are applied to
/// the image, followed by ReLU and the mean over each quarter of the image. Nothing is learned.
/// </summary>
internal static class RandomConvolution
{
    /// <summary>Name of such features in keys and reports.</summary>
    public const string Name = "random-convolution";

    private const int Filters = 64;
    private const int Kernel = 5;
    private const int PlacesPerSide = FashionMnist.Side - Kernel + 1;
    private const int QuartersPerSide = 2;
    private const int PlacesPerQuarterSide = PlacesPerSide / QuartersPerSide;
    private const long Seed = 0;

    /// <summary>Features of an image: one for each filter and quarter.</summary>
    public const int FeatureCount = Filters * QuartersPerSide * QuartersPerSide;

    /// <summary>Projects images of FashionMNIST; each becomes a sample of <see cref="FeatureCount"/> features.</summary>
    public static Dataset Project(Dataset images)
    {
        float[] weights = Weights();
        var features = new float[images.Count * FeatureCount];
        Parallel.For(0, images.Count, s => Project(images.Sample(s), weights, features.AsSpan(s * FeatureCount, FeatureCount)));
        return Dataset.OfClasses(
            $"{Name} of {images.Name}", FeatureCount, features, [.. Enumerable.Range(0, images.Count).Select(images.Label)], images.OutputCount);
    }

    /// <summary>[kernel rows, kernel columns, filters], uniform in ±1/√(kernel values).</summary>
    private static float[] Weights()
    {
        var random = new RandomStream(Seed, RandomPurpose.Projection);
        var weights = new float[Kernel * Kernel * Filters];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = ((2 * random.NextSingle()) - 1) / Kernel;
        return weights;
    }

    private static void Project(ReadOnlySpan<float> image, ReadOnlySpan<float> weights, Span<float> features)
    {
        Span<float> sums = stackalloc float[Filters];
        for (int y = 0; y < PlacesPerSide; y++)
        {
            for (int x = 0; x < PlacesPerSide; x++)
            {
                Convolve(image[((y * FashionMnist.Side) + x)..], weights, sums);
                int quarter = (y / PlacesPerQuarterSide * QuartersPerSide) + (x / PlacesPerQuarterSide);
                AddPositive(sums, features.Slice(quarter * Filters, Filters));
            }
        }

        foreach (ref float feature in features)
            feature /= PlacesPerQuarterSide * PlacesPerQuarterSide;
    }

    /// <summary>Computes all filters at one place of the image; pixels start at the upper left of the window.</summary>
    private static void Convolve(ReadOnlySpan<float> pixels, ReadOnlySpan<float> weights, Span<float> sums)
    {
        sums.Clear();
        for (int row = 0; row < Kernel; row++)
        {
            for (int column = 0; column < Kernel; column++)
            {
                ReadOnlySpan<float> weightsHere = weights.Slice(((row * Kernel) + column) * Filters, Filters);
                float pixel = pixels[(row * FashionMnist.Side) + column];
                for (int f = 0; f < Filters; f += Vector<float>.Count)
                    (new Vector<float>(sums[f..]) + (pixel * new Vector<float>(weightsHere[f..]))).CopyTo(sums[f..]);
            }
        }
    }

    private static void AddPositive(ReadOnlySpan<float> values, Span<float> sums)
    {
        for (int f = 0; f < Filters; f += Vector<float>.Count)
            (new Vector<float>(sums[f..]) + Vector.Max(new Vector<float>(values[f..]), Vector<float>.Zero)).CopyTo(sums[f..]);
    }
}
