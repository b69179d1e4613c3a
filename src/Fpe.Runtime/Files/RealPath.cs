namespace Fpe.Files;

/// <summary>
/// Resolves all symbolic links in a path: links to files and folders, chains of links, relative links, and links to targets that do not
/// exist yet. The runtime resolves links with bare names from the root of the file system.
/// </summary>
internal static class RealPath
{
    /// <summary>The maximum number of links in a path; the same as on Linux.</summary>
    private const int MaximumLinks = 40;

    /// <summary>Returns the absolute path without links.</summary>
    /// <exception cref="IOException">Links are circular or cannot be read.</exception>
    /// <exception cref="ArgumentException">The path is invalid.</exception>
    public static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        string real = Path.GetPathRoot(full)!;
        var ahead = new Stack<string>();
        Push(ahead, full[real.Length..]);
        for (int links = 0; ahead.TryPop(out string? name);)
        {
            string next = name == ".." ? Path.GetDirectoryName(real) ?? real : Path.Combine(real, name);
            if (name == ".." || LinkTarget(next) is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MaximumLinks)
                throw new IOException($"its symbolic links are circular, or there are more than {MaximumLinks} of them; correct the links.");
            string root = Path.GetPathRoot(target)!;
            if (root.Length > 0)
                real = Path.GetPathRoot(Path.GetFullPath(target, real))!;
            Push(ahead, target[root.Length..]);
        }

        return real;
    }

    // Links below /proc on Linux refer to open files, which may not have a path.
    private static string? LinkTarget(string path) =>
        path.StartsWith("/proc/", StringComparison.Ordinal) ? null : new FileInfo(path).LinkTarget;

    private static void Push(Stack<string> ahead, string path)
    {
        string[] names = path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        foreach (string name in names.Where(name => name != ".").Reverse())
            ahead.Push(name);
    }
}
