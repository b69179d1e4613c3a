using System.Globalization;
using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests.Ranks;

/// <summary>Starts <c>tests/Programs/TrainOnRanks</c>, alone or on ranks.</summary>
internal static class MpiRun
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "TrainOnRanks.dll");

    /// <summary>Why ranks cannot be started here; null if they can.</summary>
    public static string? Missing { get; } = FindMissing();

    /// <summary>Trains in one process without MPI.</summary>
    public static CommandResult Alone(params string[] options) => Command.Run(DotNet.Host, [Program, .. options]);

    /// <summary>Trains on ranks.</summary>
    public static CommandResult Run(MpiLibrary library, int ranks, params string[] options)
    {
        (string file, string[] arguments) = CommandOf(library, ranks, options);
        return Command.Run(file, arguments);
    }

    /// <summary>Trains on ranks with the MPI library at a path.</summary>
    public static CommandResult RunWith(string path, MpiLibrary launcher, int ranks, params string[] options)
    {
        (string file, string[] arguments) = CommandOf(launcher, ranks, options);
        return Command.Run(file, arguments, new Dictionary<string, string> { ["FPE_MPI_LIBRARY"] = path });
    }

    /// <summary>Trains on ranks, until the test interrupts it.</summary>
    public static Command Start(MpiLibrary library, int ranks, Action<string> onOutput, params string[] options)
    {
        (string file, string[] arguments) = CommandOf(library, ranks, options);

        // Seconds that mpirun waits before and after it passes Ctrl-C on: time to save the run, also on a busy machine.
        return Command.Start(file, arguments, new Dictionary<string, string> { ["OMPI_MCA_odls_base_sigkill_timeout"] = "3" }, onOutput);
    }

    /// <summary>Trains on two ranks of Open MPI that have other programs.</summary>
    public static CommandResult RunTwoPrograms(string other) => Command.Run(
        LauncherOf(MpiLibrary.OpenMpi)[0],
        [.. LauncherOf(MpiLibrary.OpenMpi)[1..], "-n", "1", DotNet.Host, Program, "--distributed", ":", "-n", "1", DotNet.Host, other, "--distributed"]);

    /// <summary>Trains on two ranks as on two hosts.</summary>
    public static CommandResult OnTwoHosts(MpiLibrary library, params string[] options) => Command.Run(
        Path.Combine(DotNet.Repository, "tests", "Fpe.EndToEnd.Tests", "Ranks", "two_hosts.sh"),
        [library == MpiLibrary.OpenMpi ? "openmpi" : "mpich", DotNet.Host, Program, "--distributed", .. options]);

    private static (string File, string[] Arguments) CommandOf(MpiLibrary library, int ranks, string[] options)
    {
        string[] launcher = LauncherOf(library);
        return (launcher[0], [.. launcher[1..], "-n", ranks.ToString(CultureInfo.InvariantCulture), DotNet.Host, Program, "--distributed", .. options]);
    }

    private static string[] LauncherOf(MpiLibrary library) => library switch
    {
        MpiLibrary.OpenMpi => ["mpirun.openmpi", "--allow-run-as-root", "--oversubscribe", "--bind-to", "none"],
        MpiLibrary.Mpich => ["mpirun.mpich"],
        _ => throw new ArgumentOutOfRangeException(nameof(library)),
    };

    private static string? FindMissing()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string? missing = Enum.GetValues<MpiLibrary>().Select(library => LauncherOf(library)[0])
            .FirstOrDefault(launcher => !folders.Any(folder => File.Exists(Path.Combine(folder, launcher))));
        return missing is null ? null : $"there is no {missing}; apt-get install openmpi-bin mpich";
    }
}
