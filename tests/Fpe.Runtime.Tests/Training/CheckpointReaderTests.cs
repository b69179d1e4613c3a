using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

public sealed class CheckpointReaderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    [Fact]
    public void A_reader_of_the_best_model_does_not_end_the_run()
    {
        using var checkpoints = new CheckpointFolder(new CheckpointOptions(folder.FullName) { KeepLast = 1 });
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        checkpoints.SaveBest(model);
        byte[] first = File.ReadAllBytes(Best);

        using FileStream reader = OpenAsOthersDo();
        model.Expand();
        checkpoints.SaveBest(model);

        using var loaded = new PlannedModel(Expansions.Plan("random"), seed: 2);
        loaded.LoadWeights(Best);
        Assert.True(loaded.IsExpanded);
        var read = new byte[first.Length];
        reader.ReadExactly(read);
        Assert.Equal(first, read);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Best => Path.Combine(folder.FullName, "best.safetensors");

    // Windows lets a file be replaced only if its readers share that.
    private FileStream OpenAsOthersDo() =>
        new(Best, FileMode.Open, FileAccess.Read, OperatingSystem.IsWindows() ? FileShare.Read | FileShare.Delete : FileShare.Read);
}
