using Fpe.Cli.Running;
using Spectre.Console;

namespace Fpe.Cli.Display;

/// <summary>The output of a program: results go to the output stream, progress and errors to the error stream.</summary>
internal static class Terminal
{
    /// <summary>Wide enough for every table if there is no terminal.</summary>
    private const int UnlimitedWidth = 1000;

    // https://no-color.org: present and not empty, whatever its value.
    private static bool IsPlain => Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };

    /// <summary>
    /// Prevents escape codes if <c>NO_COLOR</c> is set; called before the console is used. The runtime itself writes one at its first use,
    /// except to a terminal that is called dumb.
    /// </summary>
    public static void HonourNoColor()
    {
        if (IsPlain)
            Environment.SetEnvironmentVariable("TERM", "dumb");
    }

    /// <summary>Returns the console for results. If the output is redirected, or <c>NO_COLOR</c> is set, it writes plain text.</summary>
    public static IAnsiConsole Output()
    {
        IAnsiConsole console = Create(Console.Out, Console.IsOutputRedirected);
        if (Console.IsOutputRedirected)
            console.Profile.Width = UnlimitedWidth;
        return console;
    }

    /// <summary>Returns the progress display of a study that suits the error stream.</summary>
    /// <param name="runs">The number of runs that are not finished.</param>
    /// <param name="options">The options of the command line.</param>
    public static IStudyProgress Progress(long runs, StudyOptions options)
    {
        if (options.Quiet)
            return new SilentProgress();

        return ProgressConsole() is { } console
            ? new BarProgress(console, runs, options.Epochs)
            : new LineProgress(Console.Error, runs);
    }

    /// <summary>Returns the error stream if it supports animations; null if it is a file or a pipe, or if <c>NO_COLOR</c> is set.</summary>
    public static IAnsiConsole? ProgressConsole()
    {
        IAnsiConsole console = Create(Console.Error, Console.IsErrorRedirected);
        return console.Profile.Capabilities is { Interactive: true, Ansi: true } ? console : null;
    }

    /// <summary>Reports an error on one line.</summary>
    public static void WriteError(string study, string message) => Console.Error.WriteLine($"{study}: {message.ReplaceLineEndings(" ")}");

    private static IAnsiConsole Create(TextWriter writer, bool isRedirected) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        Ansi = isRedirected || IsPlain ? AnsiSupport.No : AnsiSupport.Detect,
        Interactive = isRedirected || IsPlain ? InteractionSupport.No : InteractionSupport.Yes,
        Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
    });
}
