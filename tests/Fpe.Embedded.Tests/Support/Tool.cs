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
    public static string Run(string tool, params string[] arguments)
    {
        CommandResult result = Command.Run(tool, arguments);
        Assert.True(result.ExitCode == 0, $"{tool} {string.Join(' ', arguments)}: {result}");
        return result.Output;
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

/// <summary>A test with a C compiler for this machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CompilerFactAttribute : FactAttribute
{
    public CompilerFactAttribute() => Skip = Tool.WhyNoCompiler;
}

/// <summary>A <see cref="CompilerFactAttribute"/> with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CompilerTheoryAttribute : TheoryAttribute
{
    public CompilerTheoryAttribute() => Skip = Tool.WhyNoCompiler;
}

/// <summary>A test with a C compiler for microcontrollers.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CrossCompilerFactAttribute : FactAttribute
{
    public CrossCompilerFactAttribute() => Skip = Tool.WhyNoCrossCompiler;
}

/// <summary>A <see cref="CrossCompilerFactAttribute"/> with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CrossCompilerTheoryAttribute : TheoryAttribute
{
    public CrossCompilerTheoryAttribute() => Skip = Tool.WhyNoCrossCompiler;
}

/// <summary>A test on an emulated microcontroller.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EmulatorTheoryAttribute : TheoryAttribute
{
    public EmulatorTheoryAttribute() => Skip = Tool.WhyNoEmulator;
}
