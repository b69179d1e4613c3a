using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Fpe.Cli;

namespace Samples.Paper.Report;

/// <summary>Where a report comes from, so that it can be cited and made again.</summary>
internal sealed record Provenance
{
    private const string ProcessorInformation = "/proc/cpuinfo";

    // Enough to name a commit.
    private const int CommitLength = 10;

    /// <summary>Version of the library, with the commit if it is known.</summary>
    public required string Version { get; init; }

    /// <summary>The command line after the name of the program.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>When the report was made.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>The processor, as the system names it.</summary>
    public required string Processor { get; init; }

    /// <summary>The runtime and the operating system.</summary>
    public required string System { get; init; }

    /// <summary>The number of runs that were trained for this report; the others were in the results file before.</summary>
    public required int Trained { get; init; }

    /// <summary>The command line, such as <c>Paper all --quick</c>.</summary>
    public string CommandLine => string.Join(' ', Arguments.Select(ShellWord.Quote).Prepend(typeof(Provenance).Assembly.GetName().Name));

    /// <summary>The date: <c>2026-11-29</c>.</summary>
    public string Day => Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>One line for the figures.</summary>
    public string Source => $"Fpe {Version}, {CommandLine}, {Day}";

    /// <summary>Describes this process.</summary>
    /// <param name="trained">The number of runs that it trained.</param>
    public static Provenance OfThisProcess(int trained) => new()
    {
        Version = VersionOf(typeof(Model).Assembly),
        Arguments = [.. Environment.GetCommandLineArgs().Skip(1)],
        Date = DateTimeOffset.UtcNow,
        Processor = ProcessorName(),
        System = $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}",
        Trained = trained,
    };

    // 0.1.0+0123456789abcdef… becomes 0.1.0+0123456789.
    private static string VersionOf(Assembly assembly)
    {
        string version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        int commit = version.IndexOf('+', StringComparison.Ordinal) + 1;
        return commit == 0 ? version : version[..Math.Min(version.Length, commit + CommitLength)];
    }

    private static string ProcessorName()
    {
        string? line = File.Exists(ProcessorInformation)
            ? File.ReadLines(ProcessorInformation).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        string name = line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
        return string.Create(CultureInfo.InvariantCulture, $"{name}, {Environment.ProcessorCount} logical processors");
    }
}
