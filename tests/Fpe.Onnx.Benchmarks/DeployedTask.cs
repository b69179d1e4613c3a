using Fpe.Data;
using Fpe.Training;

namespace Fpe.Onnx.Benchmarks;

/// <summary>Data, and a network for them.</summary>
/// <param name="Name">The name of the data.</param>
/// <param name="Hidden">Neurons of the hidden layer of the dense parent.</param>
/// <param name="Share">The number of neurons that share a partition, as the compiler chooses it.</param>
/// <param name="Batch">Samples of a batch in training.</param>
/// <param name="Read">Reads samples to train and to test.</param>
internal sealed record DeployedTask(string Name, int Hidden, int Share, int Batch, Func<(Dataset Train, Dataset Test)> Read)
{
    private const int SectionsToTrain = 17_600;
    private const int SectionClasses = 54;

    /// <summary>Returns the tasks.</summary>
    /// <param name="sections">The folder with the sections data; null to leave them out.</param>
    public static IEnumerable<DeployedTask> All(string? sections)
    {
        Func<(Dataset, Dataset)> fashion = () => (FashionMnist.Train(), FashionMnist.Test());
        yield return new("FashionMNIST", 256, Share: 32, Batch: 256, fashion);
        yield return new("FashionMNIST", 64, Share: 16, Batch: 256, fashion);
        if (sections is not null)
            yield return new("sections", 64, Share: 16, Batch: 256, () => ReadSections(sections));
    }

    /// <summary>The options of a run.</summary>
    public TrainingOptions Options(bool quick) => new() { Epochs = quick ? 1 : 30, BatchSize = Batch, ExpandAfter = 0, Optimizer = new Adam(1e-3) };

    private static (Dataset Train, Dataset Test) ReadSections(string folder)
    {
        (Dataset train, Dataset test) = NpyClasses.Read(Path.Combine(folder, "x.npy"), Path.Combine(folder, "y.npy"), SectionClasses)
            .Divide("train", SectionsToTrain, "test", seed: 1);
        var standardization = Standardization.PerFeature(train);
        return (standardization.Apply(train), standardization.Apply(test));
    }
}
