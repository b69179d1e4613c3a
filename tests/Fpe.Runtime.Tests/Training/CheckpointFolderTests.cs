using Fpe.Files;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

public sealed class CheckpointFolderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    [Fact]
    public void The_last_checkpoint_is_that_of_the_most_steps()
    {
        foreach (string name in new[]
        {
            "checkpoint-0000000009.safetensors", "checkpoint-9999999999.safetensors", "checkpoint-10000000000.safetensors", "checkpoint-99999999999.txt",
            "checkpoint-999.safetensors", "my-checkpoint-99999999999.safetensors", "checkpoint-99999999999999999999.safetensors", "zzz",
        })
            File.WriteAllText(Path.Combine(folder.FullName, name), "");

        using var checkpoints = new CheckpointFolder(new CheckpointOptions(folder.FullName) { Resume = true, KeepLast = 2 });

        Assert.Equal(Path.Combine(folder.FullName, "checkpoint-10000000000.safetensors"), checkpoints.Last);
        checkpoints.Save(10_000_000_001, stream => stream.WriteByte(7));
        Assert.Equal(
            [
                "checkpoint-10000000000.safetensors", "checkpoint-10000000001.safetensors", "checkpoint-999.safetensors", "checkpoint-99999999999.txt",
                "checkpoint-99999999999999999999.safetensors", "lock", "my-checkpoint-99999999999.safetensors", "zzz",
            ],
            folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Equal([7], File.ReadAllBytes(Path.Combine(folder.FullName, "checkpoint-10000000001.safetensors")));
    }

    [Fact]
    public void A_folder_that_was_refused_is_free()
    {
        var options = new CheckpointOptions(folder.FullName);
        File.WriteAllText(Path.Combine(folder.FullName, "checkpoint-0000000001.safetensors"), "");
        Assert.Throws<TrainingOptionsException>(() => new CheckpointFolder(options));
        using var resumed = new CheckpointFolder(options with { Resume = true });
        Assert.NotNull(resumed.Last);
    }

    [Fact]
    public void A_file_is_no_folder()
    {
        string file = Path.Combine(folder.FullName, "file");
        File.WriteAllText(file, "");
        Assert.StartsWith($"{file} cannot be written: ", Assert.Throws<FileAccessException>(() => new CheckpointFolder(new CheckpointOptions(file))).Message, StringComparison.Ordinal);
        Assert.StartsWith("\0 cannot be written: ", Assert.Throws<FileAccessException>(() => new CheckpointFolder(new CheckpointOptions("\0"))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
