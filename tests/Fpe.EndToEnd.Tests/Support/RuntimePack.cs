using System.Runtime.InteropServices;

namespace Fpe.EndToEnd.Tests.Support;

/// <summary>The package that puts .NET itself into a published program. Not every package source serves it.</summary>
internal static class RuntimePack
{
    /// <summary>The machine that programs are published for: this one.</summary>
    public static string Target => RuntimeInformation.RuntimeIdentifier;

    /// <summary>Why nothing can be published for this machine; null where it can.</summary>
    public static string? Missing { get; } = FindMissing();

    private static string? FindMissing()
    {
        using var folder = new TemporaryFolder();
        string project = folder["Probe.csproj"];
        File.WriteAllText(project, Project);
        CommandResult restored = Command.Run(DotNet.Host, ["restore", project, "-r", Target, "-nologo", "-v", "quiet"], DotNet.Alone);
        return restored.ExitCode == 0 ? null : $"The package source does not serve what a trimmed program for {Target} needs: {restored.Output.Trim()}";
    }

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <PublishTrimmed>true</PublishTrimmed>
            <SelfContained>true</SelfContained>
          </PropertyGroup>
        </Project>
        """;
}
