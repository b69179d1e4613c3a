using Fpe.Files;

namespace Fpe.Cli;

/// <summary>The files that a command uses, each for a single purpose: no file is both read and overwritten, or written twice.</summary>
internal sealed class FileRoles
{
    private readonly List<FileRole> roles = [];

    /// <summary>Adds a file that is read.</summary>
    /// <param name="name">The option that specifies it, or a description.</param>
    /// <param name="path">The file; null if there is none.</param>
    /// <exception cref="StudyException">The file is written for another purpose.</exception>
    /// <exception cref="FileAccessException">The path is invalid, or its links are circular.</exception>
    public void Read(string name, string? path) => Add(name, path, isRead: true, isFolder: false);

    /// <summary>Adds a file that is written.</summary>
    /// <inheritdoc cref="Read"/>
    /// <exception cref="StudyException">The file is used for another purpose, or would need to be a folder.</exception>
    public void Write(string name, string? path) => Add(name, path, isRead: false, isFolder: false);

    /// <summary>Adds a folder in which files are written; it can also contain files for other purposes.</summary>
    /// <inheritdoc cref="Write"/>
    public void WriteInto(string name, string? path) => Add(name, path, isRead: false, isFolder: true);

    private void Add(string name, string? path, bool isRead, bool isFolder)
    {
        if (path is null)
            return;
        var added = new FileRole(name, path, FileIdentity.Of(path), isRead, isFolder);
        foreach (FileRole other in roles.Where(other => !isRead || !other.IsRead))
        {
            if (added.File.IsSameAs(other.File))
                throw new StudyException($"{added} is the same file as {other}; specify another.");
            CheckPlace(added, other);
            CheckPlace(other, added);
        }

        roles.Add(added);
    }

    private static void CheckPlace(FileRole inner, FileRole outer)
    {
        // An existing folder is not a file, which has its own, clearer error.
        bool willBeFile = !outer.IsRead && !outer.IsFolder && !Directory.Exists(outer.Path);
        if (willBeFile && inner.File.IsWithin(outer.File))
            throw new StudyException($"{inner} cannot be in {outer}, which will be a file; specify another.");
    }

    private sealed record FileRole(string Name, string Path, FileIdentity File, bool IsRead, bool IsFolder)
    {
        public override string ToString() => $"{Name} {Path}";
    }
}
