using System.Globalization;
using System.Runtime.InteropServices;
using Fpe.Benchmarks.Timing;

namespace Fpe.Benchmarks.Reports;

/// <summary>What the figures of a report were measured on.</summary>
/// <param name="Processor">Its name, as the system tells it.</param>
/// <param name="Cores">Logical processors of this process.</param>
/// <param name="Bits">The widest vectors that the runtime uses.</param>
/// <param name="Runtime">Version of .NET.</param>
/// <param name="System">Operating system.</param>
internal sealed record Machine(string Processor, int Cores, int Bits, string Runtime, string System)
{
    private const string ProcessorInformation = "/proc/cpuinfo";

    /// <summary>This machine.</summary>
    public static Machine Current { get; } = new(
        ProcessorName(), Environment.ProcessorCount, FmaPeak.Widths[^1], RuntimeInformation.FrameworkDescription, RuntimeInformation.OSDescription);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Processor}, {Cores} cores, vectors of {Bits} bits, {Runtime}, {System}");

    private static string ProcessorName()
    {
        string? line = File.Exists(ProcessorInformation)
            ? File.ReadLines(ProcessorInformation).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
