using System.ComponentModel;
using Fpe.EndToEnd.Tests.Support;

namespace Fpe.Embedded.Tests.Support;

/// <summary>Programs that compile and run the generated files.</summary>
internal static class Tool
{
    /// <summary>The compilers for this machine that are installed.</summary>
    public static IReadOnlyList<string> HostCompilers { get; } = [.. new[] { "gcc", "clang" }.Where(IsInstalled)];

    /// <summary>Why no generated file can be compiled; null if one can.</summary>
    public static string? WhyNoCompiler { get; } =
        HostCompilers.Count > 0 ? null : "There is no C compiler; get two with: apt-get install gcc clang";

    /// <summary>Why nothing can be compiled for microcontrollers; null if it can.</summary>
    public static string? WhyNoCrossCompiler { get; } =
        IsInstalled("arm-none-eabi-gcc") ? null : "There is no arm-none-eabi-gcc; get it with: apt-get install gcc-arm-none-eabi libnewlib-arm-none-eabi";

    /// <summary>Why nothing can be run on an emulated microcontroller; null if it can.</summary>
    public static string? WhyNoEmulator { get; } =
        WhyNoCrossCompiler ?? (IsInstalled("qemu-system-arm") ? null : "There is no qemu-system-arm; get it with: apt-get install qemu-system-arm");

    /// <summary>Runs a tool, which has to succeed.</summary>
    /// <param name="tool">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">The folder in which it runs; null for that of this process.</param>
    /// <exception cref="ToolException">It failed.</exception>
    public static CommandResult Run(string tool, IReadOnlyList<string> arguments, string? folder = null)
    {
        CommandResult result = Command.Run(tool, arguments, folder: folder);
        return result.ExitCode == 0 ? result : throw new ToolException(tool, arguments, result);
    }

    private static bool IsInstalled(string tool)
    {
        try
        {
            return Command.Run(tool, ["--version"]).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
