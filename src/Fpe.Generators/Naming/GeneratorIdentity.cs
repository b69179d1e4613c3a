namespace Fpe.Generators.Naming;

/// <summary>The origin that is recorded in emitted code.</summary>
internal static class GeneratorIdentity
{
    /// <summary>The tool's name in <c>GeneratedCode</c>, which also distinguishes emitted declarations from user code.</summary>
    public const string Name = "Fpe.Generators";

    /// <summary>The tool's version.</summary>
    public static readonly string Version = typeof(GeneratorIdentity).Assembly.GetName().Version.ToString();
}
