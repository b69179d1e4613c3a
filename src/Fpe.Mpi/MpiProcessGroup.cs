using Fpe.Compute;
using Fpe.Distributed;

namespace Fpe.Mpi;

/// <summary>The processes that <c>mpirun</c> started, connected by Open MPI or MPICH.</summary>
/// <remarks>
/// When the program ends with exit code 0, it waits until the other ranks end as well; with another code, MPI ends them at once. While a model is
/// trained, Ctrl-C and SIGTERM, which <c>mpirun</c> passes on, end the run after the current step (<see cref="ProcessGroup.IsStopRequested"/>);
/// at any other time they end the process.
/// </remarks>
public sealed class MpiProcessGroup : ProcessGroup
{
    private const string Option = "--distributed";
    private static readonly Lazy<MpiProcessGroup> Joined = new(() => new MpiProcessGroup(MpiLibrary.Load()));

    private readonly MpiSession session;
    private int prepared;

    private MpiProcessGroup(MpiLibrary library) => session = new MpiSession(library);

    /// <inheritdoc/>
    public override string Name => session.Name;

    /// <inheritdoc/>
    public override int Rank => session.Rank;

    /// <inheritdoc/>
    public override int Size => session.Size;

    /// <inheritdoc/>
    public override bool IsStopRequested => session.Stop.IsRequested;

    /// <summary>
    /// Returns the group of the processes that <c>mpirun -n 4 dotnet MyProgram.dll --distributed</c> started; without <c>--distributed</c>, the
    /// group of this process alone.
    /// </summary>
    /// <param name="args">The arguments of the program.</param>
    /// <exception cref="MpiException">
    /// The program was not started by <c>mpirun</c>, or the library of the <c>mpirun</c> that started it is missing or cannot be used.
    /// </exception>
    public static ProcessGroup Join(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return args.Contains(Option) ? Joined.Value : Single;
    }

    /// <inheritdoc/>
    public override bool Reaches(DeviceBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return buffer.HostAddress != 0 && buffer.Device.ElementType == ElementType.Float32;
    }

    /// <inheritdoc/>
    public override Transfer Prepare(IReadOnlyList<TransferPart> sends, IReadOnlyList<TransferPart> receives) =>
        new MpiTransfer(this, session, MpiSession.TagOf(prepared++), sends, receives);

    /// <inheritdoc/>
    public override byte[][] AllGather(ReadOnlySpan<byte> own) => session.AllGather(own);

    /// <inheritdoc/>
    protected override void OnRunStarted() => session.Stop.Listen();

    /// <inheritdoc/>
    protected override void OnRunEnded() => session.Stop.Reset();
}
