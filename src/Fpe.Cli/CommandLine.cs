using System.CommandLine;
using Fpe.Cli.Display;

namespace Fpe.Cli;

/// <summary>Reads a command line and does what it says; whatever is wrong becomes one line on the error stream.</summary>
internal static class CommandLine
{
    /// <summary>Runs the command that the command line names.</summary>
    /// <param name="program">Name of the program, for messages.</param>
    /// <param name="create">Makes the commands.</param>
    /// <param name="args">The command line.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(string program, Func<RootCommand> create, IReadOnlyList<string> args)
    {
        try
        {
            ParseResult result = create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (result.Errors.Count > 0)
                throw new StudyException(ClearestError(result));
            return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (FpeException error)
        {
            Terminal.WriteError(program, error.Message);
            return ExitCode.Error;
        }
    }

    // A word that means nothing says more than what is missing because of it.
    private static string ClearestError(ParseResult result)
    {
        string[] messages = [.. result.Errors.Select(error => error.Message)];
        return messages.FirstOrDefault(message => result.UnmatchedTokens.Any(token => message.Contains(token, StringComparison.Ordinal))) ?? messages[0];
    }
}
