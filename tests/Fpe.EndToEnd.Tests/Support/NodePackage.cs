namespace Fpe.EndToEnd.Tests.Support;

/// <summary>Packages of Node.js that tests need, each installed beside the test that calls it.</summary>
internal static class NodePackage
{
    /// <summary>Returns why tests with a package are skipped; null if it is installed.</summary>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="package">Its name.</param>
    /// <param name="folder">The folder with its <c>package.json</c>.</param>
    /// <param name="prefix">The folder from that of the repository, for the message.</param>
    public static string? FindMissing(string what, string package, string folder, string prefix)
    {
        string[] folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        if (!folders.Any(own => File.Exists(Path.Combine(own, "node"))))
            return $"{what} needs Node.js, which is not installed.";
        return Directory.Exists(Path.Combine(folder, "node_modules", package)) ? null : $"{what} is not installed; get it with: npm ci --ignore-scripts --prefix {prefix}";
    }
}
