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
    public static void AddRoles(FileRoles roles, string? path, Shard shard)
    {
        if (path is null)
            return;
        if (ResultsFolder.IsFolder(path, shard))
        {
            roles.WriteInto(Name, path);
            return;
        }

        roles.Write(Name, path);
        roles.Write($"the lock of {Name}", ResultsLock.PathOf(path));
    }
}
