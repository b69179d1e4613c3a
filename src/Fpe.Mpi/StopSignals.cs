using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Fpe.Mpi;

/// <summary>
/// While a run trains, turns the first Ctrl-C or SIGTERM into a request to end after the current step; a second one, and any at another time, ends
/// the process as usual. <c>mpirun</c> sends SIGTERM to all ranks when it is interrupted, and when one of them has ended.
/// </summary>
internal sealed class StopSignals
{
    private PosixSignalRegistration[] registrations = [];
    private long requestedAt;

    /// <summary>Whether a signal came during this run.</summary>
    public bool IsRequested => Interlocked.Read(ref requestedAt) != 0;

    /// <summary>Returns the time since the first signal; zero if none came.</summary>
    public TimeSpan Elapsed => Interlocked.Read(ref requestedAt) is var at and not 0 ? Stopwatch.GetElapsedTime(at) : TimeSpan.Zero;

    /// <summary>Starts to listen.</summary>
    public void Listen() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
    ];

    /// <summary>Stops listening, and forgets a request: it was for the run that has ended.</summary>
    public void Reset()
    {
        foreach (PosixSignalRegistration registration in registrations)
            registration.Dispose();
        registrations = [];
        Interlocked.Exchange(ref requestedAt, 0);
    }

    private void Handle(PosixSignalContext context) =>
        context.Cancel = Interlocked.CompareExchange(ref requestedAt, Stopwatch.GetTimestamp(), 0) == 0;
}
