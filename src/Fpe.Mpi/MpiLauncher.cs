using System.Globalization;

namespace Fpe.Mpi;

/// <summary>Finds out what started this process, and with which library it goes together.</summary>
internal static class MpiLauncher
{
    // Of mpirun of Open MPI, and of mpirun of MPICH (Hydra).
    private const string OpenMpi = "OMPI_COMM_WORLD_SIZE", Mpich = "MPI_LOCALNRANKS";

    // Both also come from others, such as srun --mpi=pmix and --mpi=pmi2, which start programs of either library.
    private static readonly string[] Either = ["PMIX_RANK", "PMI_RANK", "PMI_SIZE"];

    private static readonly string[] Sizes = [OpenMpi, "PMI_SIZE", "SLURM_STEP_NUM_TASKS"];

    /// <summary>Checks that MPI processes were started at all.</summary>
    /// <exception cref="MpiException">They were not.</exception>
    public static void RequireStarted()
    {
        if (!IsSet(OpenMpi) && !IsSet(Mpich) && !Either.Any(IsSet))
            throw new MpiException("--distributed needs mpirun, which did not start this process: neither the variables of Open MPI nor those of MPICH are set; use mpirun -n 4 dotnet MyProgram.dll --distributed, or leave --distributed out.");
    }

    /// <summary>Returns the library of the <c>mpirun</c> that started this process; null if the launcher goes together with either.</summary>
    /// <exception cref="MpiException">Both have set their variables.</exception>
    public static MpiKind? Kind() => (IsSet(OpenMpi), IsSet(Mpich)) switch
    {
        (true, true) => throw new MpiException($"This process has variables of Open MPI ({OpenMpi}) and of MPICH ({Mpich}), so it is not clear which mpirun started it; set {MpiLibrary.Variable} to the library to load."),
        (true, false) => MpiKind.OpenMpi,
        (false, true) => MpiKind.Mpich,
        (false, false) => null,
    };

    /// <summary>Checks that the library has found the other processes. One that does not know the launcher finds only its own.</summary>
    /// <param name="size">The number of ranks of the library.</param>
    /// <param name="library">Its name.</param>
    /// <exception cref="MpiException">It has not.</exception>
    public static void RequireSize(int size, string library)
    {
        if (size == 1 && Array.Find(Sizes, IsSet) is { } variable && Environment.GetEnvironmentVariable(variable) is { } text
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int started) && started > 1)
        {
            throw new MpiException($"{started} processes were started ({variable}), but {library} finds only this one, so it is not the library of what started them; use the mpirun of {library}, or set {MpiLibrary.Variable} to the other library.");
        }
    }

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is not null;
}
