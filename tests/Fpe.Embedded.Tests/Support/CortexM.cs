using System.Globalization;
using System.Text;
using Fpe.EndToEnd.Tests.Support;

namespace Fpe.Embedded.Tests.Support;

/// <summary>Generated files on a Cortex-M: compiled for size, measured, and run under QEMU.</summary>
internal static class CortexM
{
    private const string Compiler = "arm-none-eabi-gcc";

    private static readonly string[] Options =
        ["-mthumb", "-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Os", "-ffunction-sections", "-fdata-sections"];

    private static string Programs => Path.Combine(AppContext.BaseDirectory, "Programs");

    /// <summary>Compiles source files, each into an object file beside it, with its use of the stack in a file of its own.</summary>
    public static void Compile(string core, IEnumerable<string> sources, string folder) =>
        Tool.Run(Compiler, [$"-mcpu={core}", .. Options, "-fstack-usage", "-c", .. sources], folder);

    /// <summary>Returns the sections of object files: the file, the section and its bytes.</summary>
    public static IReadOnlyList<(string File, string Section, long Bytes)> Sections(IEnumerable<string> objects, string folder)
    {
        CommandResult result = Tool.Run("arm-none-eabi-size", ["-A", .. objects], folder);
        var sections = new List<(string, string, long)>();
        string file = "";
        foreach (string line in result.Output.Split('\n'))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is [var name, ":"])
                file = name;
            else if (words is [var section, var bytes, _] && section.StartsWith('.'))
                sections.Add((file, section, long.Parse(bytes, CultureInfo.InvariantCulture)));
        }

        return sections;
    }

    /// <summary>Returns the bytes of the stack that each function takes.</summary>
    public static IReadOnlyDictionary<string, int> Stack(string file) => File.ReadAllLines(file)
        .Select(line => line.Split('\t'))
        .ToDictionary(words => words[0].Split(':')[^1], words => int.Parse(words[1], CultureInfo.InvariantCulture));

    /// <summary>Computes samples under QEMU with files that are named <c>net</c>.</summary>
    /// <param name="core">The core: cortex-m3 or cortex-m4.</param>
    /// <param name="folder">The folder with <c>net.c</c> and <c>net.h</c>.</param>
    /// <param name="samples">The samples, row by row.</param>
    /// <param name="inputs">The width of a sample.</param>
    /// <param name="inBytes">Whether the network is in bytes.</param>
    /// <returns>The bits of all outputs, the classes, and the instructions of a prediction.</returns>
    public static (float[] Outputs, int[] Classes, double Instructions) Run(string core, string folder, float[] samples, int inputs, bool inBytes)
    {
        int count = samples.Length / inputs;
        var text = new StringBuilder($"#define SAMPLES {count}\n{(inBytes ? "#define NET_IN_BYTES\n" : "")}static const float samples[SAMPLES][NET_INPUTS] = {{\n");
        foreach (float[] sample in samples.Chunk(inputs))
            text.Append("{ ").AppendJoin(", ", sample.Select(Source.CLiteral.Of)).Append(" },\n");
        File.WriteAllText(Path.Combine(folder, "samples.h"), text.Append("};\n").ToString());
        Tool.Run(
            Compiler,
            [
                $"-mcpu={core}", .. Options.Except(["-Wpedantic"]), "-I.", "-nostartfiles", "-T", Path.Combine(Programs, "cortex-m.ld"), "-o", "program.elf",
                Path.Combine(Programs, "cortex-m.c"), "net.c", "-lm", "-Wl,--gc-sections",
            ],
            folder);
        string machine = core == "cortex-m3" ? "mps2-an385" : "mps2-an386";
        CommandResult run = Tool.Run(
            "qemu-system-arm",
            ["-M", machine, "-nographic", "-monitor", "none", "-serial", "none", "-icount", "shift=0", "-semihosting-config", "enable=on,target=native", "-kernel", "program.elf"],
            folder);
        uint[] Values(char label) =>
            [.. (run.Output + run.Error).Split('\n').Where(line => line.StartsWith(label + " ", StringComparison.Ordinal)).Select(line => uint.Parse(line.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))];

        // A tick of 25 MHz is 40 instructions of a nanosecond each.
        double instructions = 40.0 * Values('t').Single() / count;
        return ([.. Values('o').Select(BitConverter.UInt32BitsToSingle)], [.. Values('c').Select(value => (int)value)], instructions);
    }
}
