using Fpe.Data;

namespace Samples.Paper.Experiments;

/// <summary>FashionMNIST, read once for all experiments that use it.</summary>
/// <param name="folder">Folder of the files; null for the folder of the Debian package.</param>
internal sealed class FashionImages(string? folder)
{
    /// <summary>Training images.</summary>
    public const int TrainCount = 60_000;

    private const long PartSeed = 0;

    private readonly Lazy<Dataset> train = new(() => FashionMnist.Train(folder));
    private readonly Lazy<Dataset> test = new(() => FashionMnist.Test(folder));
    private readonly Dictionary<int, Dataset> parts = [];

    /// <summary>Test images.</summary>
    public Dataset Test => test.Value;

    /// <summary>The files.</summary>
    public IEnumerable<string> Files => FashionMnist.Files(folder);

    /// <summary>Reads the files.</summary>
    /// <exception cref="FpeException">They are missing or damaged.</exception>
    public void Load() => _ = (train.Value, test.Value);

    /// <summary>Returns a number of training images: all, or a subset that is always the same.</summary>
    public Dataset Train(int count)
    {
        lock (parts)
        {
            if (!parts.TryGetValue(count, out Dataset? part))
                parts[count] = part = count == train.Value.Count ? train.Value : train.Value.Divide($"{count} of {train.Value.Name}", count, "rest", PartSeed).First;
            return part;
        }
    }
}
