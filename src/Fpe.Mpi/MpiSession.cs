using System.Diagnostics;
using System.Runtime.InteropServices;
using Fpe.Distributed;

namespace Fpe.Mpi;

/// <summary>MPI in this process, from its start to the end of the process. One thread at a time may call it.</summary>
internal sealed unsafe class MpiSession
{
    private const int Serialized = 2;
    private const int ControlTag = 0;
    private const int FailureTag = 1;

    /// <summary>Every MPI library has tags up to this one.</summary>
    private const int LargestTag = 32767;

    /// <summary>Tests between two looks at the clock.</summary>
    private const int TestsAtOnce = 64;

    private static readonly string[] ThreadLevels = ["MPI_THREAD_SINGLE", "MPI_THREAD_FUNNELED", "MPI_THREAD_SERIALIZED", "MPI_THREAD_MULTIPLE"];

    /// <summary>
    /// How often a waiting rank looks for ranks that have ended. When one has, Open MPI kills the others about a second later: a line has to be
    /// out before.
    /// </summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(0.1);

    /// <summary>
    /// How long a waiting rank keeps its core: longer than a transfer of some megabytes on one machine takes. On a machine with other work, a core
    /// that was given up comes back only after milliseconds.
    /// </summary>
    private static readonly TimeSpan KeepTime = TimeSpan.FromMilliseconds(0.5);

    /// <summary>
    /// How long a rank that was asked to end waits for numbers of a step. It is long, because a rank that is given up ends all of them, and no
    /// limit holds while rank 0 saves.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>How long a rank that ends with an error waits for the others to do so too, before it ends them.</summary>
    private static readonly TimeSpan FailureWait = TimeSpan.FromSeconds(2);

    private readonly LocalRanks neighbours = LocalRanks.None;

    /// <summary>Starts MPI.</summary>
    /// <exception cref="MpiException">MPI does not start, or without enough support for threads.</exception>
    public MpiSession(MpiLibrary library)
    {
        Library = library;
        library.Initialize(Serialized, ThreadLevels);
        (Rank, Size) = library.Ranks();
        MpiLauncher.RequireSize(Size, Name);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End();
        neighbours = new LocalRanks(AllGather(LocalRanks.Own()), Rank);
    }

    /// <summary>The library.</summary>
    public MpiLibrary Library { get; }

    /// <summary>Name and version of the library.</summary>
    public string Name => Library.Name;

    /// <summary>The rank of this process.</summary>
    public int Rank { get; }

    /// <summary>The number of ranks.</summary>
    public int Size { get; }

    /// <summary>Whether this process was asked to end.</summary>
    public StopSignals Stop { get; } = new();

    /// <summary>Whether an exception cut a transfer off, so that MPI could wait for its messages for ever.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>Returns the tag of the messages of a transfer, which all ranks prepare in the same order.</summary>
    public static int TagOf(int number) => FailureTag + 1 + (number % (LargestTag - FailureTag));

    /// <summary>Starts to send.</summary>
    public void Send(nint address, int count, MpiType type, int peer, int tag, MpiRequests requests, int index) =>
        Check(Library.Send(address, count, type, peer, tag, requests.At(index)));

    /// <summary>Starts to receive.</summary>
    public void Receive(nint address, int count, MpiType type, int peer, int tag, MpiRequests requests, int index) =>
        Check(Library.Receive(address, count, type, peer, tag, requests.At(index)));

    /// <summary>Returns whether all messages have arrived.</summary>
    public bool Test(MpiRequests requests)
    {
        Check(Library.Test(requests.Count, requests.All, out bool isComplete));
        return isComplete;
    }

    /// <summary>Waits until all messages have arrived. After a moment it leaves the processor to others that need it.</summary>
    /// <param name="requests">The messages.</param>
    /// <param name="isStep">Whether they belong to a step, so that no rank has a reason to keep the others waiting for long.</param>
    /// <exception cref="RankLostException">
    /// The process of another rank on this machine has ended, or nothing arrived for a long time after this process was asked to end.
    /// </exception>
    public void Wait(MpiRequests requests, bool isStep)
    {
        long start = Stopwatch.GetTimestamp(), looked = start;
        while (!TestRepeatedly(requests))
        {
            if (Stopwatch.GetElapsedTime(start) > KeepTime)
                Thread.Yield();
            if (Stopwatch.GetElapsedTime(looked) < LookInterval)
                continue;
            looked = Stopwatch.GetTimestamp();

            // What a rank sent before it ended may have arrived meanwhile.
            if (neighbours.FindEnded() is { } ended && !Test(requests))
                throw Lost($"rank {ended} has ended");
            TimeSpan waited = Stopwatch.GetElapsedTime(start), sinceStop = Stop.Elapsed;
            TimeSpan silence = waited < sinceStop ? waited : sinceStop;
            if (isStep && silence > Patience)
                throw Lost($"another rank did not answer for {silence.TotalSeconds:F0} s after the run was asked to end");
        }
    }

    /// <inheritdoc cref="ProcessGroup.AllGather"/>
    public byte[][] AllGather(ReadOnlySpan<byte> own)
    {
        var peers = new byte[Size][];
        for (int rank = 0; rank < Size; rank++)
            peers[rank] = rank == Rank ? BitConverter.GetBytes((long)own.Length) : new byte[sizeof(long)];
        Exchange(peers);
        for (int rank = 0; rank < Size; rank++)
            peers[rank] = rank == Rank ? own.ToArray() : new byte[BitConverter.ToInt64(peers[rank])];

        Exchange(peers);
        return peers;
    }

    /// <summary>
    /// Sends the bytes of this rank to the others, and receives theirs; all lengths are known. After an exception, MPI may read and write the
    /// arrays and the handles until the process ends, so they are freed only here at the end.
    /// </summary>
    private void Exchange(byte[][] bytes)
    {
        var requests = new MpiRequests(Library, 2 * (Size - 1));
        GCHandle[] pins = Array.ConvertAll(bytes, array => GCHandle.Alloc(array, GCHandleType.Pinned));
        int next = 0;
        for (int rank = 0; rank < Size; rank++)
        {
            if (rank == Rank)
                continue;
            Receive(pins[rank].AddrOfPinnedObject(), bytes[rank].Length, MpiType.Byte, rank, ControlTag, requests, next++);
            Send(pins[Rank].AddrOfPinnedObject(), bytes[Rank].Length, MpiType.Byte, rank, ControlTag, requests, next++);
        }

        Wait(requests, isStep: false);
        requests.Free();
        foreach (GCHandle pin in pins)
            pin.Free();
    }

    private bool TestRepeatedly(MpiRequests requests)
    {
        for (int i = 0; i < TestsAtOnce; i++)
        {
            if (Test(requests))
                return true;
        }

        return false;
    }

    private void Check(int error)
    {
        if (error != 0)
            throw Lost($"{Name} reports {Library.TextOf(error)}");
    }

    private RankLostException Lost(string problem) => new(Rank, Size, problem);

    private void End()
    {
        if (Environment.ExitCode == 0 || (!IsCutOff && AllRanksFail()))
            Library.Leave();
        else
            Library.Abort(Environment.ExitCode);
    }

    /// <summary>
    /// Tells the other ranks that this one ends with an error, and returns whether all do. If several ranks aborted, <c>mpirun</c> would kill some
    /// before they have ended, and MPICH would mix the signals into the exit code.
    /// </summary>
    private bool AllRanksFail()
    {
        var requests = new MpiRequests(Library, 2 * (Size - 1));
        byte* own = (byte*)NativeMemory.AllocZeroed((nuint)Size), others = own + 1;
        int next = 0;
        for (int rank = 0; rank < Size; rank++)
        {
            if (rank == Rank)
                continue;
            if (Library.Receive((nint)others++, 1, MpiType.Byte, rank, FailureTag, requests.At(next++)) != 0
                || Library.Send((nint)own, 1, MpiType.Byte, rank, FailureTag, requests.At(next++)) != 0)
                return false;
        }

        long start = Stopwatch.GetTimestamp();
        bool isComplete, isOver = false;
        while (Library.Test(requests.Count, requests.All, out isComplete) == 0 && !isComplete && !isOver)
        {
            // The message of a rank that has ended may have arrived meanwhile, so it is looked for once more.
            isOver = Stopwatch.GetElapsedTime(start) > FailureWait || neighbours.FindEnded() is not null;
            Thread.Sleep(1);
        }

        return isComplete;
    }
}
