namespace Fpe.Mpi;

/// <summary>Finds out which <c>mpirun</c> started this process.</summary>
internal static class MpiLauncher
{
    private static readonly string[] OpenMpi = ["OMPI_COMM_WORLD_SIZE", "PMIX_RANK"];
    private static readonly string[] Mpich = ["PMI_SIZE", "PMI_RANK"];

    /// <summary>Returns the library of the launcher.</summary>
    /// <param name="given">The kind of the library that the user chose; null for none.</param>
    /// <exception cref="MpiException">The process was started in another way, or by both.</exception>
    public static MpiKind KindOf(MpiKind? given)
    {
        string? openMpi = OpenMpi.FirstOrDefault(IsSet), mpich = Mpich.FirstOrDefault(IsSet);
        return (openMpi, mpich, given) switch
        {
            (not null, not null, null) => throw new MpiException($"This process has variables of Open MPI ({openMpi}) and of MPICH ({mpich}), so it is not clear which mpirun started it; set {MpiLibrary.Variable} to the library to load."),
            (null, null, _) => throw new MpiException("--distributed needs mpirun, which did not start this process: neither the variables of Open MPI nor those of MPICH are set; use mpirun -n 4 dotnet MyProgram.dll --distributed, or leave --distributed out."),
            (_, null, MpiKind.Mpich) => throw new MpiException($"mpirun of Open MPI started this process, but {MpiLibrary.Variable} names a library of MPICH; use the mpirun of that library, or another library."),
            (null, _, MpiKind.OpenMpi) => throw new MpiException($"mpirun of MPICH started this process, but {MpiLibrary.Variable} names a library of Open MPI; use the mpirun of that library, or another library."),
            (_, _, { } kind) => kind,
            (not null, null, null) => MpiKind.OpenMpi,
            (null, not null, null) => MpiKind.Mpich,
        };
    }

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is not null;
}
