namespace Fpe.Files;

/// <summary>
/// Where a path leads when every symbolic link in it is followed: links to files and to folders, in chains, relative to the
/// folder that they lie in, and to what does not exist yet. The runtime follows links of bare names from the root of the file system.
/// </summary>
internal static class RealPath
{
    /// <summary>Links that are followed in one path; Linux follows as many.</summary>
    private const int MaximumLinks = 40;

    /// <summary>The path from the root, without links.</summary>
    /// <exception cref="IOException">Links lead in a circle, or cannot be read.</exception>
    /// <exception cref="ArgumentException">This is no path.</exception>
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
                throw new IOException($"its symbolic links lead in a circle, or more than {MaximumLinks} follow each other; correct the links.");
            string root = Path.GetPathRoot(target)!;
            if (root.Length > 0)
                real = Path.GetPathRoot(Path.GetFullPath(target, real))!;
            Push(ahead, target[root.Length..]);
        }

        return real;
    }

    // What Linux shows as links below /proc are open files, which may have no path.
    private static string? LinkTarget(string path) =>
        path.StartsWith("/proc/", StringComparison.Ordinal) ? null : new FileInfo(path).LinkTarget;

    private static void Push(Stack<string> ahead, string path)
    {
        string[] names = path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        foreach (string name in names.Where(name => name != ".").Reverse())
            ahead.Push(name);
    }
}
