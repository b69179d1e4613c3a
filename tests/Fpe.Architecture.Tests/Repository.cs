using System.Runtime.CompilerServices;

namespace Fpe.Architecture.Tests;

/// <summary>Where the sources lie.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    public static string Sources { get; } = Path.Combine(Root, "src");

    /// <summary>A file as messages name it, such as <c>src/Fpe.Runtime/Layers/Linear.cs</c>.</summary>
    public static string NameOf(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    /// <summary>The folder of a file of src, such as <c>Fpe.Runtime/Layers</c>.</summary>
    public static string FolderOf(string file) => Path.GetRelativePath(Sources, Path.GetDirectoryName(file)!).Replace('\\', '/');

    /// <summary>The C# files below a folder, without what a build leaves there.</summary>
    public static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
        .Order(StringComparer.Ordinal);

    private static string Here([CallerFilePath] string path = "") => path;
}
