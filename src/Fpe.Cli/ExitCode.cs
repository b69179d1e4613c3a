namespace Fpe.Cli;

/// <summary>What a study's program returns to the shell.</summary>
public static class ExitCode
{
    /// <summary>All runs finished.</summary>
    public const int Success = 0;

    /// <summary>Some runs diverged; the others were finished and reported.</summary>
    public const int Diverged = 1;

    /// <summary>An option, a file or the data is wrong; one line on the error stream says what. No file was written.</summary>
    public const int Error = 2;

    /// <summary>Ctrl-C; what was finished was shown, and runs under way were saved where there are checkpoints. No report was written.</summary>
    public const int Interrupted = 130;

    /// <summary>SIGTERM, as from a system that shuts down; otherwise like <see cref="Interrupted"/>.</summary>
    public const int Terminated = 143;
}
