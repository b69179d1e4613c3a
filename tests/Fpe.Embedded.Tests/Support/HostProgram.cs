using System.Runtime.InteropServices;
using System.Text;
using Fpe.EndToEnd.Tests.Support;

namespace Fpe.Embedded.Tests.Support;

/// <summary>A program of all generated files, and what it computes of samples on this machine.</summary>
internal sealed class HostProgram : IDisposable
{
    private static readonly string[] Options = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O1", "-g"];

    /// <summary>What C does not define, and accesses beyond memory, end the program. The runtime of clang's sanitizers is a package of its own.</summary>
    private static readonly Dictionary<string, string[]> Sanitizers = new()
    {
        ["gcc"] = ["-fsanitize=address,undefined,float-cast-overflow", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"],
        ["clang"] = ["-fsanitize=undefined,float-cast-overflow", "-fsanitize-trap=undefined,float-cast-overflow"],
    };

    private readonly TemporaryFolder folder = new();

    private HostProgram(string compiler, IReadOnlyList<HostNetwork> networks)
    {
        Compiler = compiler;
        foreach (HostNetwork network in networks)
            network.Export(folder.Path);
        File.WriteAllText(folder["main.c"], MainOf(networks));
        IEnumerable<string> sources = networks.Select(network => folder[$"{network.Name}.c"]);
        Tool.Run(compiler, [.. Options, .. Sanitizers[compiler], "-o", folder["program"], folder["main.c"], .. sources, "-lm"]);
    }

    /// <summary>The compiler.</summary>
    public string Compiler { get; }

    /// <summary>Compiles networks with every compiler that is installed.</summary>
    public static IReadOnlyList<HostProgram> WithAllCompilers(IReadOnlyList<HostNetwork> networks) =>
        [.. Tool.HostCompilers.Select(compiler => new HostProgram(compiler, networks))];

    /// <summary>Returns the outputs of samples, and their classes, −1 for tasks without one.</summary>
    public (float[] Outputs, int[] Classes) Run(HostNetwork network, float[] samples)
    {
        File.WriteAllBytes(folder["samples"], MemoryMarshal.AsBytes<float>(samples));
        Tool.Run(folder["program"], [network.Name, folder["samples"], folder["outputs"], folder["classes"]]);
        return (MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder["outputs"])).ToArray(), MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(folder["classes"])).ToArray());
    }

    public void Dispose() => folder.Dispose();

    private static string MainOf(IReadOnlyList<HostNetwork> networks)
    {
        var text = new StringBuilder("#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n");
        foreach (HostNetwork network in networks)
            text.Append($"#include \"{network.Name}.h\"\n");
        foreach (HostNetwork network in networks)
            text.Append(network.Adapter);
        text.Append("""

            int main(int count, char **arguments)
            {
                FILE *samples, *outputs, *classes;

                if (count != 5)
                    return 2;
                samples = fopen(arguments[2], "rb");
                outputs = fopen(arguments[3], "wb");
                classes = fopen(arguments[4], "wb");
                if (samples == NULL || outputs == NULL || classes == NULL)
                    return 3;

            """);
        foreach (HostNetwork network in networks)
            text.Append($"    if (strcmp(arguments[1], \"{network.Name}\") == 0)\n        compute_{network.Name}(samples, outputs, classes);\n");
        return text.Append("    fclose(samples);\n    fclose(outputs);\n    fclose(classes);\n    return 0;\n}\n").ToString();
    }
}
