namespace Fpe.Generators.Naming;

/// <summary>What emitted code says about its origin.</summary>
internal static class GeneratorIdentity
{
    /// <summary>The tool's name in <c>GeneratedCode</c>, which also tells emitted declarations from written ones.</summary>
    public const string Name = "Fpe.Generators";

    /// <summary>The tool's version.</summary>
    public static readonly string Version = typeof(GeneratorIdentity).Assembly.GetName().Version.ToString();
}
