using System.Security.Cryptography;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Files;
using Fpe.Training;
using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>Embeddings with classes, standardised feature by feature with statistics of the training data.</summary>
internal sealed class EmbeddingsTask : LearningTask
{
    // One sample in five is held out, always the same samples.
    private const int TestShare = 5;
    private const long DivisionSeed = 0;
    private const int HashCharacters = 8;

    private readonly Lazy<TaskData> data;

    private EmbeddingsTask(string dataName, int inputs, int classes, int trainSamples, Func<(Dataset Train, Dataset Test)> read)
    {
        (DataName, Inputs, Classes, TrainSamples) = (dataName, inputs, classes, trainSamples);
        data = new Lazy<TaskData>(() =>
        {
            (Dataset train, Dataset test) = read();
            Standardization standard = Standardization.PerFeature(train);
            return new TaskData(standard.Apply(train), standard.Apply(test), Clauses: []);
        });
    }

    /// <summary>Name of the embeddings: part of the key of a run.</summary>
    public string DataName { get; }

    /// <summary>Values of an embedding.</summary>
    public int Inputs { get; }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Samples to train on.</summary>
    public int TrainSamples { get; }

    /// <inheritdoc/>
    public override Loss Loss => Loss.SoftmaxCrossEntropy;

    /// <summary>
    /// The embeddings of a file. Its content is part of the key, so a different file with the same name counts as different data.
    /// </summary>
    /// <param name="path">A <c>.npz</c> file with the arrays <c>features</c> and <c>labels</c>, or a <c>.npy</c> file of features.</param>
    /// <param name="labelsPath">A <c>.npy</c> file of labels, for a <c>.npy</c> file of features.</param>
    /// <exception cref="FpeException">A file is missing, damaged or too small, or a file too many or too few is given.</exception>
    public static EmbeddingsTask OfFile(string path, string? labelsPath = null) => OfFile(path, labelsPath, _ => { });

    /// <summary>The embeddings of the descriptions of packages, in the order of <see cref="SectionTexts"/>.</summary>
    /// <inheritdoc cref="OfFile(string, string)"/>
    public static EmbeddingsTask OfSections(string path, string? labelsPath) => OfFile(path, labelsPath, all => SectionTexts.RequireOwn(all, path));

    /// <summary>The descriptions of packages as hashed words.</summary>
    public static EmbeddingsTask OfSections()
    {
        const int TestSamples = SectionTexts.Count / TestShare;
        return new EmbeddingsTask(
            HashedWords.Name, HashedWords.FeatureCount, SectionTexts.Classes, SectionTexts.Count - TestSamples, () => Divide(SectionTexts.ToHashedWords(), TestSamples));
    }

    private static EmbeddingsTask OfFile(string path, string? labelsPath, Action<Dataset> check)
    {
        bool hasFeaturesOnly = Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase);
        if (hasFeaturesOnly && labelsPath is null)
            throw new ExperimentException($"{path} has features only; name the .npy file of their labels with --labels, or put both into a .npz file.");
        if (!hasFeaturesOnly && labelsPath is not null)
            throw new ExperimentException($"{path} has labels of its own; leave out --labels, or give the features as a .npy file.");

        Dataset all = labelsPath is null ? NpyClasses.ReadNpz(path) : NpyClasses.Read(path, labelsPath);
        check(all);
        int testSamples = all.Count / TestShare;
        if (testSamples == 0)
            throw new ExperimentException($"{path} has {all.Count} samples, of which one in {TestShare} is held out for testing; at least {TestShare} are needed.");

        string name = $"{Path.GetFileNameWithoutExtension(path).Replace(' ', '-')}-{HashOf(labelsPath is null ? [path] : [path, labelsPath])}";
        return new EmbeddingsTask(name, all.FeatureCount, all.OutputCount, all.Count - testSamples, () => Divide(all, testSamples));
    }

    private static (Dataset Train, Dataset Test) Divide(Dataset all, int testSamples) =>
        all.Divide("training embeddings", all.Count - testSamples, "test embeddings", DivisionSeed);

    /// <summary>The example: features of FashionMNIST.</summary>
    /// <param name="images">The images.</param>
    /// <param name="trainSamples">Number of images to train on.</param>
    public static EmbeddingsTask OfFashion(FashionImages images, int trainSamples) => new(
        RandomConvolution.Name, RandomConvolution.FeatureCount, FashionMnist.Classes, trainSamples,
        () => (RandomConvolution.Project(images.Train(trainSamples)), RandomConvolution.Project(images.Test)));

    /// <inheritdoc/>
    public override void Load() => _ = data.Value;

    /// <inheritdoc/>
    public override TaskData DataOf(Setting setting, long seed) => data.Value;

    /// <inheritdoc/>
    public override ModelPlan PlanOf(Setting setting, ExpansionPlan expansion) => MultilayerPerceptron.Plan(setting, Inputs, Classes, expansion);

    private static string HashOf(ReadOnlySpan<string> paths)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in paths)
        {
            using FileStream file = ReadableFile.OpenStream(path);
            hash.AppendData(SHA256.HashData(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..HashCharacters];
    }
}
