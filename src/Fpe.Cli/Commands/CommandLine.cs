using System.CommandLine;
using System.CommandLine.Parsing;
using Fpe.Cli.Display;

namespace Fpe.Cli;

/// <summary>Parses a command line and runs the command; every error becomes one line on the error stream.</summary>
internal static class CommandLine
{
    /// <summary>Runs the command on the command line. Neither an exception nor a broken stream ends the process.</summary>
    /// <param name="program">The name of the program, for messages.</param>
    /// <param name="create">Creates the commands.</param>
    /// <param name="args">The command line.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(string program, Func<RootCommand> create, IReadOnlyList<string> args)
    {
        Terminal.HonourNoColor();
        var output = new GuardedWriter(() => Console.Out);
        var errors = new GuardedWriter(() => Console.Error);
        Console.SetOut(output);
        Console.SetError(errors);
        int exitCode = Invoke(program, create, args);
        if (output.Failure is not { } failure || exitCode is not (ExitCode.Success or ExitCode.Diverged))
            return exitCode;
        Terminal.WriteError(program, $"the output cannot be written: {failure.Message}");
        return ExitCode.Error;
    }

    private static int Invoke(string program, Func<RootCommand> create, IReadOnlyList<string> args)
    {
        try
        {
            ParseResult result = create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            RequireSingleValues(result);
            if (result.Errors.Count > 0)
                throw new StudyException(ClearestError(result));
            return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (FpeException error)
        {
            Terminal.WriteError(program, error.Message);
        }
        catch (OutOfMemoryException)
        {
            Terminal.WriteError(program, "there is not enough memory; use smaller networks, or fewer concurrent runs with --threads.");
        }
        catch (Exception error)
        {
            Terminal.WriteError(program, $"unexpected {error.GetType().Name}: {error.Message} This is a bug in the program: please report it, including the command line.");
        }

        return ExitCode.Error;
    }

    private static void RequireSingleValues(ParseResult result)
    {
        foreach (OptionResult option in result.CommandResult.Children.OfType<OptionResult>())
        {
            string name = option.Option.Name;
            if (option.IdentifierTokenCount > 1)
                throw new StudyException($"{name} is given {option.IdentifierTokenCount} times; specify it only once.");
            if (option.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
                throw new StudyException($"{name} has an empty value; specify a value, or remove {name}.");
        }
    }

    // An unknown word is a clearer message than what is missing because of it.
    private static string ClearestError(ParseResult result)
    {
        string[] messages = [.. result.Errors.Select(error => error.Message)];
        return messages.FirstOrDefault(message => result.UnmatchedTokens.Any(token => message.Contains(token, StringComparison.Ordinal))) ?? messages[0];
    }
}
