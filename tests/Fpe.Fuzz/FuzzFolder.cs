namespace Fpe.Fuzz;

/// <summary>A folder for damaged files, in memory where the system has such a place; deleted in the end.</summary>
public sealed class FuzzFolder : IDisposable
{
    private const string Memory = "/dev/shm";

    /// <summary>Creates the folder.</summary>
    public FuzzFolder()
    {
        string parent = Directory.Exists(Memory) ? Memory : System.IO.Path.GetTempPath();
        Path = System.IO.Path.Combine(parent, $"fpe-fuzz-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
