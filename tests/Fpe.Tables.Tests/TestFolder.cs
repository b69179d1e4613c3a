using System.Text;

namespace Fpe.Tables.Tests;

/// <summary>A folder for the files of one test.</summary>
internal sealed class TestFolder : IDisposable
{
    /// <summary>The folder of the files in the repository.</summary>
    public static string Data { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Data");

    public string Path { get; } = Directory.CreateTempSubdirectory("fpe-tables-").FullName;

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(PathOf(name), content);
        return PathOf(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
