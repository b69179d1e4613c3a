using System.Diagnostics;

namespace Fpe.Runtime.Tests.Files;

/// <summary>Commands for what .NET cannot make: pipes, hard links, owners.</summary>
internal static class Shell
{
    /// <summary>Runs a command line; false if it fails.</summary>
    public static bool Run(string commandLine)
    {
        using Process process = Process.Start(new ProcessStartInfo("sh", ["-c", commandLine]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
