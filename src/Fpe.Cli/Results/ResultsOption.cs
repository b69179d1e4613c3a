using Fpe.Cli.Sweeps;

namespace Fpe.Cli.Results;

/// <summary>The option that specifies where results are kept.</summary>
internal static class ResultsOption
{
    /// <summary>The name of the option.</summary>
    public const string Name = "--results";

    /// <summary>Adds what a worker writes to the files of a command.</summary>
    /// <param name="roles">The files.</param>
    /// <param name="path">The file or folder of the results; null for none.</param>
    /// <param name="shard">The part that the worker runs.</param>
    /// <exception cref="StudyException">The file is used for another purpose.</exception>
    /// <exception cref="ResultsFileException">A folder is needed, but it is a file, or the folder cannot be read.</exception>
    public static void AddRoles(FileRoles roles, string? path, Shard shard)
    {
        if (path is null)
            return;
        if (ResultsFolder.IsFolder(path, shard))
        {
            ResultsFolder.RequireNoFile(path);
            var folder = new ResultsFolder(path);
            roles.WriteInto(Name, path);
            AddFiles(roles, [.. folder.FilesInUseBy(shard), .. Directory.Exists(path) ? folder.FilesInUse() : []]);
            return;
        }

        roles.Write(Name, path);
        roles.Write($"the lock of {Name}", ResultsLock.PathOf(path));
    }

    /// <summary>Adds results that are only read to the files of a command, so that no output replaces them.</summary>
    /// <param name="roles">The files.</param>
    /// <param name="path">The file or folder of the results.</param>
    /// <exception cref="StudyException">A file is used for another purpose.</exception>
    /// <exception cref="ResultsFileException">The folder cannot be read.</exception>
    public static void AddSources(FileRoles roles, string path)
    {
        roles.Read(Name, path);
        AddFiles(roles, ResultsFolder.IsFolder(path) ? new ResultsFolder(path).FilesInUse() : [ResultsLock.PathOf(path)]);
    }

    // Whether workers write them or not: they cannot be outputs.
    private static void AddFiles(FileRoles roles, IEnumerable<string> files)
    {
        foreach (string file in files)
            roles.Read($"a file of {Name}", file);
    }
}
