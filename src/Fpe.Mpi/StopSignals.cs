using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Fpe.Mpi;

/// <summary>
/// Turns the first Ctrl-C or SIGTERM into a request to end after the current step; a second one ends the process as usual. <c>mpirun</c>
/// sends SIGTERM to all ranks when it is interrupted, and when one of them has ended.
/// </summary>
internal sealed class StopSignals
{
    private readonly PosixSignalRegistration[] registrations;
    private long requestedAt;

    /// <summary>Starts to listen.</summary>
    public StopSignals() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
    ];

    /// <summary>Whether a signal came.</summary>
    public bool IsRequested => Interlocked.Read(ref requestedAt) != 0;

    /// <summary>Returns the time since the first signal; zero if none came.</summary>
    public TimeSpan Elapsed => Interlocked.Read(ref requestedAt) is var at and not 0 ? Stopwatch.GetElapsedTime(at) : TimeSpan.Zero;

    private void Handle(PosixSignalContext context) =>
        context.Cancel = Interlocked.CompareExchange(ref requestedAt, Stopwatch.GetTimestamp(), 0) == 0 && registrations is not null;
}
