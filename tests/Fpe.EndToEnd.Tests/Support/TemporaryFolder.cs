namespace Fpe.EndToEnd.Tests.Support;

/// <summary>An empty folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    public string Path => folder.FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>The files and folders in it.</summary>
    public IEnumerable<string> Content => folder.EnumerateFileSystemInfos().Select(entry => entry.Name);

    public void Dispose() => folder.Delete(recursive: true);
}
