using System.Runtime.InteropServices;

namespace Fpe.EndToEnd.Tests.Support;

/// <summary>The package that puts .NET itself into a published program. Not every package source serves it.</summary>
internal static class RuntimePack
{
    /// <summary>The machine that programs are published for: this one.</summary>
    public static string Target => RuntimeInformation.RuntimeIdentifier;

    /// <summary>Why nothing can be published for this machine; null if it can.</summary>
    public static string? Missing { get; } = FindMissing("PublishTrimmed");

    /// <summary>Why nothing can be compiled ahead of time for this machine; null if it can.</summary>
    public static string? MissingForNativeAot { get; } = new[] { "clang", "gcc" }.Any(IsThere)
        ? FindMissing("PublishAot")
        : "There is neither clang nor gcc to link a native program with.";

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string? FindMissing(string property)
    {
        using var folder = new TemporaryFolder();
        string project = folder["Probe.csproj"];
        File.WriteAllText(project, ProjectWith(property));
        CommandResult restored = Command.Run(DotNet.Host, ["restore", project, "-r", Target, "-nologo", "-v", "quiet"], DotNet.Alone);
        return restored.ExitCode == 0 ? null : $"The package source does not serve what a program for {Target} with {property} needs: {restored.Output.Trim()}";
    }

    private static string ProjectWith(string property) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <{property}>true</{property}>
            <SelfContained>true</SelfContained>
          </PropertyGroup>
        </Project>
        """;
}
