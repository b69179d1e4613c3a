using System.Runtime.InteropServices;
using System.Text;

namespace Fpe.Mpi;

/// <summary>The C interface of an MPI library, and its handles.</summary>
internal sealed unsafe class MpiLibrary
{
    /// <summary>Name of the environment variable with the path of a library that is not where the system looks.</summary>
    public const string Variable = "FPE_MPI_LIBRARY";

    private const int LongestText = 8192;

    private static readonly string[] OpenMpiNames = ["libmpi.so.40", "libmpi.40.dylib"];
    private static readonly string[] MpichNames = ["libmpich.so.12", "libmpi.so.12", "libmpi.12.dylib"];

    private readonly nint handle;
    private readonly delegate* unmanaged<int*, void*, int, int*, int> initThread;
    private readonly delegate* unmanaged<nint, int*, int> commRank;
    private readonly delegate* unmanaged<nint, int*, int> commSize;
    private readonly delegate* unmanaged<nint, nint*, int> commDup;
    private readonly delegate* unmanaged<nint, nint, int> setErrorHandler;
    private readonly delegate* unmanaged<nint, int, nint, int, int, nint, void*, int> isend;
    private readonly delegate* unmanaged<nint, int, nint, int, int, nint, void*, int> irecv;
    private readonly delegate* unmanaged<int, void*, int*, nint, int> testAll;
    private readonly delegate* unmanaged<int, byte*, int*, int> errorString;
    private readonly delegate* unmanaged<int> finalize;
    private readonly delegate* unmanaged<nint, int, int> abort;
    private readonly nint world;
    private readonly nint errorsReturn;
    private readonly nint byteType;
    private readonly nint floatType;
    private readonly nint statusesIgnore;
    private nint comm;

    private MpiLibrary(nint handle, MpiKind kind)
    {
        (this.handle, Kind) = (handle, kind);
        initThread = (delegate* unmanaged<int*, void*, int, int*, int>)Export("MPI_Init_thread");
        commRank = (delegate* unmanaged<nint, int*, int>)Export("MPI_Comm_rank");
        commSize = (delegate* unmanaged<nint, int*, int>)Export("MPI_Comm_size");
        commDup = (delegate* unmanaged<nint, nint*, int>)Export("MPI_Comm_dup");
        setErrorHandler = (delegate* unmanaged<nint, nint, int>)Export("MPI_Comm_set_errhandler");
        isend = (delegate* unmanaged<nint, int, nint, int, int, nint, void*, int>)Export("MPI_Isend");
        irecv = (delegate* unmanaged<nint, int, nint, int, int, nint, void*, int>)Export("MPI_Irecv");
        testAll = (delegate* unmanaged<int, void*, int*, nint, int>)Export("MPI_Testall");
        errorString = (delegate* unmanaged<int, byte*, int*, int>)Export("MPI_Error_string");
        finalize = (delegate* unmanaged<int>)Export("MPI_Finalize");
        abort = (delegate* unmanaged<nint, int, int>)Export("MPI_Abort");
        Name = ReadName();

        // The numbers are those of mpi.h of MPICH, which its ABI fixes.
        (world, errorsReturn, byteType, floatType, statusesIgnore) = Kind switch
        {
            MpiKind.OpenMpi => (Export("ompi_mpi_comm_world"), Export("ompi_mpi_errors_return"), Export("ompi_mpi_byte"), Export("ompi_mpi_float"), (nint)0),
            MpiKind.Mpich => (0x44000000, 0x54000001, 0x4c00010d, 0x4c00040a, 1),
            _ => throw Unknown(Kind),
        };
    }

    /// <summary>Which family the library belongs to.</summary>
    public MpiKind Kind { get; }

    /// <summary>Name and version.</summary>
    public string Name { get; }

    /// <summary>Size of the handle of a request in an array of them, in bytes.</summary>
    public int RequestSize => Kind switch
    {
        MpiKind.OpenMpi => sizeof(nint),
        MpiKind.Mpich => sizeof(int),
        _ => throw Unknown(Kind),
    };

    /// <summary>Loads the library that <see cref="Variable"/> names, or else the one of the <c>mpirun</c> that started this process.</summary>
    /// <exception cref="MpiException">There is none, or another one.</exception>
    public static MpiLibrary Load()
    {
        MpiLauncher.RequireStarted();
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path)
        {
            if (!NativeLibrary.TryLoad(path, out nint given))
                throw new MpiException($"{Variable} is {path}, which cannot be loaded; give the path of libmpi.so of Open MPI or of libmpich.so.");
            string? version = VersionOf(given);
            return KindOf(version) is { } known ? new MpiLibrary(given, known)
                : throw new MpiException($"{Variable} is {path}, which is {(version is null ? "no MPI library" : $"another MPI library ({version.Split('\n')[0].Trim()})")}; give the path of libmpi.so of Open MPI or of libmpich.so.");
        }

        if (MpiLauncher.Kind() is { } kind)
            return TryLoad(kind) is { } found ? new MpiLibrary(found, kind) : throw Missing(kind);
        return (TryLoad(MpiKind.OpenMpi), TryLoad(MpiKind.Mpich)) switch
        {
            ({ } openMpi, null) => new MpiLibrary(openMpi, MpiKind.OpenMpi),
            (null, { } mpich) => new MpiLibrary(mpich, MpiKind.Mpich),
            (null, null) => throw new MpiException($"Neither Open MPI ({string.Join(" or ", OpenMpiNames)}) nor MPICH ({string.Join(" or ", MpichNames)}) can be loaded; install one of them on every machine, or set {Variable} to its path."),
            ({ }, { }) => throw new MpiException($"Open MPI and MPICH are both installed, and what started this process can start programs of either; set {Variable} to the library to load."),
        };
    }

    /// <summary>Starts MPI.</summary>
    /// <param name="threadLevel">The level of threads that is needed: 0 to 3, from none to any number at once.</param>
    /// <param name="names">The names of all levels.</param>
    /// <exception cref="MpiException">MPI does not start, or without enough support for threads.</exception>
    public void Initialize(int threadLevel, string[] names)
    {
        int provided;
        Check(initThread(null, null, threadLevel, &provided), "MPI_Init_thread");
        if (provided < threadLevel)
            throw new MpiException($"{Name} provides {names[provided]}, but training, which may run on any thread, needs {names[threadLevel]}; use a library that was built with support for threads.");
        nint copy = 0;
        Check(commDup(world, &copy), "MPI_Comm_dup");
        comm = copy;
        Check(setErrorHandler(comm, errorsReturn), "MPI_Comm_set_errhandler");
    }

    /// <summary>Returns the rank of this process and the number of ranks.</summary>
    public (int Rank, int Size) Ranks()
    {
        int rank, size;
        Check(commRank(comm, &rank), "MPI_Comm_rank");
        Check(commSize(comm, &size), "MPI_Comm_size");
        return (rank, size);
    }

    /// <summary>Starts to send.</summary>
    /// <returns>An error, or 0.</returns>
    public int Send(nint address, int count, MpiType type, int peer, int tag, void* request) =>
        isend(address, count, TypeOf(type), peer, tag, comm, request);

    /// <summary>Starts to receive.</summary>
    /// <inheritdoc cref="Send"/>
    public int Receive(nint address, int count, MpiType type, int peer, int tag, void* request) =>
        irecv(address, count, TypeOf(type), peer, tag, comm, request);

    /// <summary>Tests whether all requests have completed.</summary>
    /// <returns>An error, or 0.</returns>
    public int Test(int count, void* requests, out bool isComplete)
    {
        int flag = 0;
        int error = testAll(count, requests, &flag, statusesIgnore);
        isComplete = flag != 0;
        return error;
    }

    /// <summary>Describes an error.</summary>
    public string TextOf(int error)
    {
        byte* text = stackalloc byte[LongestText];
        int length = 0;
        return errorString(error, text, &length) == 0 ? Encoding.UTF8.GetString(text, length) : $"error {error}";
    }

    /// <summary>Ends MPI in this process, when all ranks do so.</summary>
    public void Leave() => finalize();

    /// <summary>Ends all ranks, this one included.</summary>
    public void Abort(int exitCode) => abort(comm, exitCode);

    /// <summary>Returns what a library says about itself, which is possible before MPI starts; null if it is no MPI library.</summary>
    private static string? VersionOf(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, "MPI_Get_library_version", out nint address))
            return null;
        byte* text = stackalloc byte[LongestText];
        int length = 0;
        return ((delegate* unmanaged<byte*, int*, int>)address)(text, &length) == 0 ? Encoding.UTF8.GetString(text, length) : null;
    }

    /// <summary>Returns the family of a library; null for one of another ABI. Intel MPI and MVAPICH have that of MPICH.</summary>
    private static MpiKind? KindOf(string? version)
    {
        bool Says(string name) => version?.Contains(name, StringComparison.OrdinalIgnoreCase) == true;
        return Says("Open MPI") ? MpiKind.OpenMpi : Says("MPICH") || Says("MVAPICH") || Says("Intel(R) MPI") ? MpiKind.Mpich : null;
    }

    private static string[] NamesOf(MpiKind kind) => kind switch
    {
        MpiKind.OpenMpi => OpenMpiNames,
        MpiKind.Mpich => MpichNames,
        _ => throw Unknown(kind),
    };

    private static string TextOf(MpiKind kind) => kind switch
    {
        MpiKind.OpenMpi => "Open MPI",
        MpiKind.Mpich => "MPICH",
        _ => throw Unknown(kind),
    };

    private static nint? TryLoad(MpiKind kind)
    {
        foreach (string name in NamesOf(kind))
        {
            if (!NativeLibrary.TryLoad(name, out nint library))
                continue;
            if (KindOf(VersionOf(library)) == kind)
                return library;
            NativeLibrary.Free(library);
        }

        return null;
    }

    private static MpiException Missing(MpiKind kind)
    {
        MpiKind other = kind == MpiKind.OpenMpi ? MpiKind.Mpich : MpiKind.OpenMpi;
        string fix = TryLoad(other) is not null
            ? $"only that of {TextOf(other)} can; start the program with the mpirun of {TextOf(other)}, or install the library of {TextOf(kind)}"
            : $"nor can that of {TextOf(other)}; install the library of {TextOf(kind)} on every machine";
        return new MpiException($"mpirun of {TextOf(kind)} started this process, but its library ({string.Join(" or ", NamesOf(kind))}) cannot be loaded, {fix}, or set {Variable} to its path.");
    }

    private static InvalidOperationException Unknown(MpiKind kind) => new($"There is no MPI library of the kind {kind}.");

    private nint Export(string name) => NativeLibrary.TryGetExport(handle, name, out nint address)
        ? address
        : throw new MpiException($"The library that was loaded for MPI has no {name}, so it is neither Open MPI nor MPICH; set {Variable} to the path of one of them.");

    private string ReadName()
    {
        string[] words = (VersionOf(handle) ?? "").Split([',', '\n', '\t', ' ', ':'], StringSplitOptions.RemoveEmptyEntries);
        string? version = words.Select(word => word.TrimStart('v')).FirstOrDefault(word => word.Length > 1 && char.IsAsciiDigit(word[0]));
        return $"{TextOf(Kind)} {version ?? "of unknown version"}";
    }

    private nint TypeOf(MpiType type) => type switch
    {
        MpiType.Byte => byteType,
        MpiType.Float => floatType,
        _ => throw new InvalidOperationException($"There is no handle for {type}."),
    };

    private void Check(int error, string call)
    {
        if (error != 0)
            throw new MpiException($"{call} of {Name} failed: {TextOf(error)}; check how mpirun starts the processes.");
    }
}
