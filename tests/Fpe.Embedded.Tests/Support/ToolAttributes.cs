namespace Fpe.Embedded.Tests.Support;

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
