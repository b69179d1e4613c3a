namespace Fpe.Cli;

/// <summary>The exit codes of a study's program.</summary>
public static class ExitCode
{
    /// <summary>All runs finished. For a part of a sweep, some may have diverged: that is a result, too, and another attempt would give the same.</summary>
    public const int Success = 0;

    /// <summary>Some runs diverged; the others were finished and reported.</summary>
    public const int Diverged = 1;

    /// <summary>An option, a file or the data is invalid, as described by one line on the error stream. No report was written.</summary>
    public const int Error = 2;

    /// <summary>
    /// Ctrl-C was pressed. Finished runs were shown, and interrupted runs were saved if checkpoints are enabled. No report was written.
    /// </summary>
    public const int Interrupted = 130;

    /// <summary>SIGTERM was received, for example when the system shuts down; otherwise the same as <see cref="Interrupted"/>.</summary>
    public const int Terminated = 143;
}
