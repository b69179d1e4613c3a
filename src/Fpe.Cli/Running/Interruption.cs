using System.Runtime.InteropServices;

namespace Fpe.Cli.Running;

/// <summary>
/// Turns the first SIGINT (Ctrl-C) or SIGTERM into a cancellation; a second one terminates the process immediately, as usual.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;

    public Interruption() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Interrupt(signal, Cli.ExitCode.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Interrupt(signal, Cli.ExitCode.Terminated)),
    ];

    /// <summary>A token that is cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>The exit code for the first signal.</summary>
    public int ExitCode { get; private set; } = Cli.ExitCode.Interrupted;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
            registration.Dispose();
        source.Dispose();
    }

    private void Interrupt(PosixSignalContext signal, int exitCode)
    {
        lock (source)
        {
            signal.Cancel = !source.IsCancellationRequested;
            if (signal.Cancel)
                ExitCode = exitCode;
        }

        source.Cancel();
    }
}
