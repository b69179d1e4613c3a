using System.Diagnostics;
using System.Runtime.InteropServices;
using Fpe.Distributed;

namespace Fpe.Mpi;

/// <summary>MPI in this process, from its start to the end of the process. One thread at a time may call it.</summary>
internal sealed unsafe class MpiSession
{
    private const int Serialized = 2;
    private const int ControlTag = 0;

    /// <summary>Every MPI library has tags up to this one.</summary>
    private const int LargestTag = 32767;

    /// <summary>Tests between two looks at the clock.</summary>
    private const int TestsAtOnce = 64;

    private static readonly string[] ThreadLevels = ["MPI_THREAD_SINGLE", "MPI_THREAD_FUNNELED", "MPI_THREAD_SERIALIZED", "MPI_THREAD_MULTIPLE"];

    /// <summary>After mpirun has asked the ranks to end, it kills them, with Open MPI a second later: a line has to be out before.</summary>
    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(0.6);

    private TimeSpan longestWait;

    /// <summary>Starts MPI.</summary>
    /// <exception cref="MpiException">MPI does not start, or without enough support for threads.</exception>
    public MpiSession(MpiLibrary library)
    {
        Library = library;
        library.Initialize(Serialized, ThreadLevels);
        (Rank, Size) = library.Ranks();
        Stop = new StopSignals();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End();
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
    public StopSignals Stop { get; }

    /// <summary>Returns the tag of the messages of a transfer, which all ranks prepare in the same order.</summary>
    public static int TagOf(int number) => 1 + (number % LargestTag);

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

    /// <summary>Waits until all messages have arrived. It leaves the processor to other ranks that need it.</summary>
    /// <exception cref="RankLostException">Nothing arrived for a while after this process was asked to end.</exception>
    public void Wait(MpiRequests requests)
    {
        long start = Stopwatch.GetTimestamp();
        while (!TestRepeatedly(requests))
        {
            Thread.Yield();
            TimeSpan waited = Stopwatch.GetElapsedTime(start), sinceStop = Stop.Elapsed;
            TimeSpan silence = waited < sinceStop ? waited : sinceStop, patience = longestWait * 3;
            if (silence > (patience > LeastPatience ? patience : LeastPatience))
                throw Lost($"another rank has ended, or did not answer for {silence.TotalSeconds:F1} s after the run was asked to end");
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        if (elapsed > longestWait && !Stop.IsRequested)
            longestWait = elapsed;
    }

    /// <inheritdoc cref="ProcessGroup.AllGather"/>
    public byte[][] AllGather(ReadOnlySpan<byte> own)
    {
        var lengths = new long[Size];
        lengths[Rank] = own.Length;
        var peers = new byte[Size][];
        for (int rank = 0; rank < Size; rank++)
            peers[rank] = rank == Rank ? BitConverter.GetBytes((long)own.Length) : new byte[sizeof(long)];
        Exchange(peers);
        for (int rank = 0; rank < Size; rank++)
        {
            lengths[rank] = BitConverter.ToInt64(peers[rank]);
            peers[rank] = rank == Rank ? own.ToArray() : new byte[lengths[rank]];
        }

        Exchange(peers);
        return peers;
    }

    /// <summary>Sends the bytes of this rank to the others, and receives theirs; all lengths are known.</summary>
    private void Exchange(byte[][] bytes)
    {
        using var requests = new MpiRequests(Library, 2 * (Size - 1));
        GCHandle[] pins = Array.ConvertAll(bytes, array => GCHandle.Alloc(array, GCHandleType.Pinned));
        try
        {
            int next = 0;
            for (int rank = 0; rank < Size; rank++)
            {
                if (rank == Rank)
                    continue;
                Receive(pins[rank].AddrOfPinnedObject(), bytes[rank].Length, MpiType.Byte, rank, ControlTag, requests, next++);
                Send(pins[Rank].AddrOfPinnedObject(), bytes[Rank].Length, MpiType.Byte, rank, ControlTag, requests, next++);
            }

            Wait(requests);
        }
        finally
        {
            foreach (GCHandle pin in pins)
                pin.Free();
        }
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
        if (Environment.ExitCode == 0)
            Library.Leave();
        else
            Library.Abort(Environment.ExitCode);
    }
}
