using Fpe.Cli.Running;
using Fpe.Files;

namespace Fpe.Cli.Reports;

/// <summary>The files that a study writes: opened before it starts, written when it is complete, and otherwise unchanged.</summary>
internal sealed class ReportFiles : IDisposable
{
    private readonly List<(AtomicFile File, Action<Stream, IReadOnlyList<RunRecord>> Write)> files = [];

    /// <summary>Opens the specified files.</summary>
    /// <param name="json">The file for the runs as JSON; null for none.</param>
    /// <param name="csv">The file for the runs as CSV; null for none.</param>
    /// <exception cref="FileAccessException">A file cannot be written.</exception>
    public ReportFiles(string? json, string? csv)
    {
        try
        {
            Open(json, JsonReport.Write);
            Open(csv, CsvReport.Write);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Writes the files.</summary>
    /// <exception cref="FileAccessException">A file cannot be written.</exception>
    public void Commit(IReadOnlyList<RunRecord> runs)
    {
        foreach ((AtomicFile file, Action<Stream, IReadOnlyList<RunRecord>> write) in files)
            file.Commit(stream => write(stream, runs));
    }

    public void Dispose()
    {
        foreach ((AtomicFile file, _) in files)
            file.Dispose();
    }

    private void Open(string? path, Action<Stream, IReadOnlyList<RunRecord>> write)
    {
        if (path is not null)
            files.Add((new AtomicFile(path), write));
    }
}
