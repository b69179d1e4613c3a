using Fpe.Distributed;

namespace Fpe.Mpi;

/// <summary>Messages between buffers in host memory, which MPI sends and receives while the processor computes.</summary>
internal sealed class MpiTransfer : Transfer
{
    private readonly MpiSession session;
    private readonly int tag;
    private readonly TransferPart[] sends;
    private readonly TransferPart[] receives;
    private readonly MpiRequests requests;
    private bool isUnderWay;

    /// <summary>Prepares a transfer.</summary>
    public MpiTransfer(ProcessGroup group, MpiSession session, int tag, IReadOnlyList<TransferPart> sends, IReadOnlyList<TransferPart> receives)
        : base(group, sends)
    {
        (this.session, this.tag) = (session, tag);
        (this.sends, this.receives) = ([.. sends], [.. receives]);
        requests = new MpiRequests(session.Library, sends.Count + receives.Count);
    }

    /// <inheritdoc/>
    public override bool TryComplete()
    {
        if (isUnderWay)
            isUnderWay = !session.Test(requests);
        return !isUnderWay;
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        if (isUnderWay)
            session.Wait(requests, isStep: true);
        isUnderWay = false;
    }

    /// <inheritdoc/>
    protected override void StartTransfer()
    {
        isUnderWay = true;
        for (int i = 0; i < receives.Length; i++)
            session.Receive(AddressOf(receives[i]), receives[i].Count, MpiType.Float, receives[i].Peer, tag, requests, i);
        for (int i = 0; i < sends.Length; i++)
            session.Send(AddressOf(sends[i]), sends[i].Count, MpiType.Float, sends[i].Peer, tag, requests, receives.Length + i);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A transfer that is still under way was cut off by an exception: MPI may read and write its buffers and handles until the process ends, so
    /// they are never freed.
    /// </remarks>
    protected override void Dispose(bool disposing)
    {
        if (!isUnderWay)
        {
            requests.Free();
            return;
        }

        session.IsCutOff = true;
        foreach (TransferPart part in sends.Concat(receives))
            part.Buffer.Abandon();
    }

    private static nint AddressOf(TransferPart part) => part.Buffer.HostAddress + ((nint)part.Offset * sizeof(float));
}
