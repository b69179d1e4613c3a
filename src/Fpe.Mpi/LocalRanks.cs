using System.Globalization;
using System.Text;

namespace Fpe.Mpi;

/// <summary>The processes of other ranks that this process can see: on Linux those of the same machine and container, elsewhere none.</summary>
internal sealed class LocalRanks
{
    private readonly (int Rank, string Folder)[] others;

    /// <summary>Finds the ranks that this process can see.</summary>
    /// <param name="all">What <see cref="Own"/> returned on each rank.</param>
    /// <param name="rank">The rank of this process.</param>
    public LocalRanks(byte[][] all, int rank)
    {
        string[][] places = [.. all.Select(bytes => Encoding.UTF8.GetString(bytes).Split('\n'))];
        others =
        [
            .. places.Index()
                .Where(place => place.Item is [_, _] && place.Index != rank && place.Item[0] == places[rank][0])
                .Select(place => (place.Index, "/proc/" + place.Item[1])),
        ];
    }

    private LocalRanks() => others = [];

    /// <summary>No other rank.</summary>
    public static LocalRanks None { get; } = new();

    /// <summary>
    /// Describes this process to the other ranks: where its number is known, and the number. Names of machines are not unique, but this boot of
    /// the kernel and its set of process numbers are.
    /// </summary>
    public static byte[] Own() => OperatingSystem.IsLinux() && ReadPlace() is { } place
        ? Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{place}\n{Environment.ProcessId}"))
        : [];

    /// <summary>Returns a rank whose process has ended; null if all are there, or cannot be seen.</summary>
    public int? FindEnded()
    {
        foreach ((int rank, string folder) in others)
        {
            if (!Directory.Exists(folder))
                return rank;
        }

        return null;
    }

    private static string? ReadPlace()
    {
        try
        {
            string boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            return new FileInfo("/proc/self/ns/pid").LinkTarget is { } numbers ? $"{boot} {numbers}" : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
