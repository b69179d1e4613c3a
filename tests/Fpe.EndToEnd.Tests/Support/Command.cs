using System.Diagnostics;
using System.Text;

namespace Fpe.EndToEnd.Tests.Support;

/// <summary>A process that a test starts and waits for.</summary>
internal sealed class Command : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    private Command(ProcessStartInfo start, Action<string>? onOutput, Action<string>? onError)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Receive(output, line.Data, onOutput);
        process.ErrorDataReceived += (_, line) => Receive(error, line.Data, onError);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    /// <summary>Starts a process.</summary>
    /// <param name="file">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables on top of those of the tests.</param>
    /// <param name="onOutput">Is given each line of the output.</param>
    /// <param name="onError">Is given each line of the error stream.</param>
    /// <param name="folder">The folder in which it runs; null for that of the tests.</param>
    public static Command Start(
        string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null,
        Action<string>? onOutput = null, Action<string>? onError = null, string? folder = null)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };

        // What the test host inherited from the build would confuse a build of its own.
        foreach (string variable in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(variable);
        foreach ((string variable, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[variable] = value;
        return new Command(start, onOutput, onError);
    }

    /// <summary>Starts a process and waits for its end.</summary>
    public static CommandResult Run(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        using Command command = Start(file, arguments, environment, folder: folder);
        return command.Wait();
    }

    /// <summary>Waits for the end of the process.</summary>
    public CommandResult Wait()
    {
        if (!process.WaitForExit(Limit))
            throw new TimeoutException($"{process.StartInfo.FileName} is still running after {Limit}: {output}{error}");
        process.WaitForExit();
        return new CommandResult(process.ExitCode, output.ToString(), error.ToString());
    }

    /// <summary>Ends the process on the spot (SIGKILL), and waits until it is gone.</summary>
    public void Kill()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static void Receive(StringBuilder text, string? line, Action<string>? onLine)
    {
        if (line is null)
            return;
        text.Append(line).Append('\n');
        onLine?.Invoke(line);
    }
}
