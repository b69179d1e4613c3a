using Fpe.Compute;

namespace Fpe.Distributed;

/// <summary>An exchange of numbers with other ranks, prepared once; see <see cref="ProcessGroup.Prepare"/>.</summary>
public abstract class Transfer : IDisposable
{
    private readonly ProcessGroup group;
    private readonly long bytes;

    /// <summary>Initialises a transfer.</summary>
    /// <param name="group">The group that prepares it.</param>
    /// <param name="sends">What it sends, to be counted.</param>
    protected Transfer(ProcessGroup group, IReadOnlyList<TransferPart> sends)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(sends);
        this.group = group;
        bytes = sends.Sum(part => (long)part.Count * BytesOf(part.Buffer.Device.ElementType));
    }

    /// <summary>Starts the transfer and returns at once. It must have completed since it was last started.</summary>
    /// <exception cref="RankLostException">Another rank has ended.</exception>
    public void Start()
    {
        group.CountSent(bytes);
        StartTransfer();
    }

    /// <summary>Returns whether the transfer has completed, and lets the library continue with all that are under way.</summary>
    /// <exception cref="RankLostException">Another rank has ended.</exception>
    public abstract bool TryComplete();

    /// <summary>Waits until the transfer has completed.</summary>
    /// <exception cref="RankLostException">Another rank has ended.</exception>
    public abstract void Complete();

    /// <summary>
    /// Frees what was prepared. A transfer is under way here only if an exception interrupted the run; then nothing is freed that the library
    /// may still read or write (<see cref="DeviceBuffer.Abandon"/>).
    /// </summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts the transfer.</summary>
    protected abstract void StartTransfer();

    /// <summary>Frees what was prepared.</summary>
    protected abstract void Dispose(bool disposing);

    private static int BytesOf(ElementType type) => type switch
    {
        ElementType.Float32 => sizeof(float),
        ElementType.Float64 => sizeof(double),
        _ => throw new NotSupportedException($"Numbers of type {type} have no known size."),
    };
}
