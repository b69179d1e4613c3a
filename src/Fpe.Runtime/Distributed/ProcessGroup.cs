using Fpe.Compute;

namespace Fpe.Distributed;

/// <summary>
/// The processes that train one model together. Each has a rank; all of them run the same program and make the same calls in the same order.
/// The library that connects them derives from this class: <c>Fpe.Mpi</c> has one for MPI.
/// </summary>
/// <remarks>
/// Numbers travel between the buffers of devices, so that a library that reaches the memory of a GPU needs no copy on the host. A transfer
/// is prepared once, and started in every step; while it is under way, the device computes. Those of rows of token tables are prepared in the
/// step in which their length first occurs. One training run at a time may use a group.
/// </remarks>
public abstract class ProcessGroup
{
    private long bytesSent;
    private int isUsed;

    /// <summary>Gets the group of one process.</summary>
    public static ProcessGroup Single { get; } = new SingleProcess();

    /// <summary>Gets the name of the library for messages and reports, such as <c>Open MPI 4.1.4</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Gets the number of this process, from 0.</summary>
    public abstract int Rank { get; }

    /// <summary>Gets the number of processes; at least 1.</summary>
    public abstract int Size { get; }

    /// <summary>
    /// Gets whether this process was asked to end. Training then ends after a step, on all ranks after the same one, and the run is saved if
    /// checkpoints are enabled.
    /// </summary>
    public virtual bool IsStopRequested => false;

    /// <summary>Gets the number of bytes of buffers that this process has sent so far, without the headers of the library.</summary>
    public long BytesSent => Interlocked.Read(ref bytesSent);

    /// <summary>Returns whether the group can send and receive a buffer where it is.</summary>
    public abstract bool Reaches(DeviceBuffer buffer);

    /// <summary>
    /// Prepares a transfer that can be started any number of times. What one rank sends to another must equal, part by part and in their order,
    /// what that rank receives from it.
    /// </summary>
    /// <param name="sends">What this rank sends. Until the transfer has completed, it must not change.</param>
    /// <param name="receives">Where this rank receives. Until the transfer has completed, the contents are undefined.</param>
    public abstract Transfer Prepare(IReadOnlyList<TransferPart> sends, IReadOnlyList<TransferPart> receives);

    /// <summary>Sends bytes to all ranks, and waits for those of all ranks: once at the start of a run and after epochs, not in every step.</summary>
    /// <param name="own">The bytes of this rank, of any length.</param>
    /// <returns>The bytes of each rank.</returns>
    /// <exception cref="RankLostException">Another rank has ended.</exception>
    public abstract byte[][] AllGather(ReadOnlySpan<byte> own);

    /// <summary>Called when a training run begins to use the group, such as to listen for what <see cref="IsStopRequested"/> reports.</summary>
    protected virtual void OnRunStarted()
    {
    }

    /// <summary>Called when the run has ended, in whichever way.</summary>
    protected virtual void OnRunEnded()
    {
    }

    /// <summary>Reserves the group for a run; <see cref="Single"/> can have any number.</summary>
    /// <returns>Whether no other run uses it.</returns>
    internal bool TryBeginRun()
    {
        if (!ReferenceEquals(this, Single) && Interlocked.Exchange(ref isUsed, 1) == 1)
            return false;
        OnRunStarted();
        return true;
    }

    /// <summary>Ends a run that <see cref="TryBeginRun"/> began.</summary>
    internal void EndRun()
    {
        OnRunEnded();
        Volatile.Write(ref isUsed, 0);
    }

    internal void CountSent(long bytes) => Interlocked.Add(ref bytesSent, bytes);
}
