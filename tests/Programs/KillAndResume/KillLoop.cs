using System.Diagnostics;
using System.Globalization;
using Fpe.Numerics;

namespace KillAndResume;

/// <summary>
/// Starts a training process again and again and kills it (SIGKILL) at a random moment, before it trains, while it trains or
/// while it writes, until it ends by itself; then its folder has to be that of a process that nobody killed, byte for byte.
/// Lives get shorter after a run that ended, and longer after a process that got nowhere, so that a run is killed many times on a
/// machine of any speed.
/// </summary>
/// <param name="kills">Processes to kill, in as many runs as that takes.</param>
/// <param name="seed">Seed of the moments.</param>
internal sealed class KillLoop(int kills, long seed)
{
    private readonly RandomStream random = new(seed, RandomPurpose.Synthesis);
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("fpe-kill-");
    private TimeSpan longestLife;
    private int killed;
    private int unfinishedFiles;

    /// <summary>Runs the loop.</summary>
    /// <returns>Whether every run ended as the one that was not killed.</returns>
    public bool Run()
    {
        try
        {
            var expected = new Dictionary<string, SortedDictionary<string, byte[]>>();
            foreach (string kind in TrainingProcess.Kinds)
            {
                var clock = Stopwatch.StartNew();
                string reference = Folder($"reference-{kind}");
                Train(kind, reference, life: null);
                longestLife = clock.Elapsed / 4;
                expected[kind] = FilesIn(reference);
            }

            int runs = 0;
            for (bool same = true; killed < kills; runs++)
            {
                string kind = TrainingProcess.Kinds[runs % TrainingProcess.Kinds.Count];
                string folder = Folder(string.Create(CultureInfo.InvariantCulture, $"run-{runs}"));
                int before = killed;
                while (!Train(kind, folder, killed < kills ? longestLife * random.NextDouble() : null))
                    killed++;
                longestLife /= 2;
                same = expected[kind].SequenceEqual(FilesIn(folder), FileComparer.Instance);
                Console.WriteLine($"run {runs + 1} ({kind}): killed {killed - before} times, {(same ? "the same bytes" : "OTHER BYTES")}");
                if (!same)
                    return false;
                Directory.Delete(folder, recursive: true);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{killed} kills in {runs} runs, {unfinishedFiles} while a file was written; every run ended with the bytes of the one that was not killed ({expected.Values.Sum(files => files.Values.Sum(file => file.Length))} bytes in {expected.Values.Sum(files => files.Count)} files)."));
            return true;
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    /// <summary>Starts a training process, and kills it after a while.</summary>
    /// <returns>Whether it ended by itself.</returns>
    private bool Train(string kind, string folder, TimeSpan? life)
    {
        string? before = LastCheckpoint(folder);
        string threads = random.NextInt32(2) == 0 ? "1" : "2";
        using Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, Arguments(kind, folder, threads)))!;
        if (life is not { } limit || process.WaitForExit(limit))
        {
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"The training process ended with exit code {process.ExitCode}.");
            return true;
        }

        process.Kill();
        process.WaitForExit();
        if (LastCheckpoint(folder) == before)
            longestLife *= 1.1;
        if (Directory.Exists(folder) && Directory.GetFiles(folder, "*.tmp").Length > 0)
            unfinishedFiles++;
        return false;
    }

    private static string? LastCheckpoint(string folder) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, "checkpoint-*.safetensors").Max(StringComparer.Ordinal) : null;

    private static string[] Arguments(string kind, string folder, string threads)
    {
        string[] own = ["train", kind, folder, threads];
        return Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(KillLoop).Assembly.Location, .. own] : own;
    }

    private static SortedDictionary<string, byte[]> FilesIn(string folder) =>
        new(Directory.GetFiles(folder).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes), StringComparer.Ordinal);

    private string Folder(string name) => Path.Combine(root.FullName, name);

    private sealed class FileComparer : IEqualityComparer<KeyValuePair<string, byte[]>>
    {
        public static FileComparer Instance { get; } = new();

        public bool Equals(KeyValuePair<string, byte[]> own, KeyValuePair<string, byte[]> other) =>
            own.Key == other.Key && own.Value.AsSpan().SequenceEqual(other.Value);

        public int GetHashCode(KeyValuePair<string, byte[]> file) => file.Key.GetHashCode(StringComparison.Ordinal);
    }
}
