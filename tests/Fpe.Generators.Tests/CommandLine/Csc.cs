using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Fpe.Generators.Tests.Support;
using Microsoft.CodeAnalysis.CSharp;

namespace Fpe.Generators.Tests.CommandLine;

/// <summary>The compiler of the SDK, as <c>dotnet build</c> starts it. It keeps a server for these tests, which ends by itself.</summary>
internal static class Csc
{
    private const int KeepAliveSeconds = 20;

    private static readonly string Compiler = typeof(Csc).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "CompilerPath").Value!;

    /// <summary>Compiles files, and returns the lines that the user sees: errors and warnings.</summary>
    public static Task<string[]> Compile(LanguageVersion version, params string[] sources) => Compile(version, [], sources);

    /// <inheritdoc cref="Compile(LanguageVersion, string[])"/>
    public static Task<string[]> Compile(LanguageVersion version, string[] options, params string[] sources) => Compile(version, options, [], sources);

    /// <summary>Compiles files with additional ones, whose metadata the compiler gets in a file, as from the SDK.</summary>
    public static async Task<string[]> Compile(LanguageVersion version, string[] options, AdditionalFile[] files, params string[] sources)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-csc-");
        try
        {
            for (int i = 0; i < sources.Length; i++)
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"Source{i}.cs"), sources[i]);
            foreach (AdditionalFile file in files)
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, file.Path), file.GetText().ToString());
            await File.WriteAllLinesAsync(
                Path.Combine(folder.FullName, "metadata.globalconfig"),
                ["is_global = true", .. files.SelectMany(file => file.Metadata.Select(entry => $"{entry.Key} = {entry.Value}").Prepend($"[{folder.FullName}/{file.Path}]"))]);
            await File.WriteAllLinesAsync(
                Path.Combine(folder.FullName, "csc.rsp"),
                [
                    "-nologo", "-nostdlib", "-target:library", "-nullable:enable", "-warn:9999", "-out:Samples.dll",
                    $"-langversion:{version.ToDisplayString()}",
                    $"-analyzer:\"{typeof(ModelGenerator).Assembly.Location}\"",
                    "-analyzerconfig:metadata.globalconfig",
                    .. files.Select(file => $"-additionalfile:{file.Path}"),
                    .. options,
                    .. TestProject.ReferencePaths.Select(path => $"-reference:\"{path}\""),
                    .. sources.Select((_, i) => $"Source{i}.cs"),
                ]);
            return await Run(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string[]> Run(string folder)
    {
        string server = string.Create(CultureInfo.InvariantCulture, $"fpe-{Environment.ProcessId}");
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [Compiler, "-noconfig", $"-shared:{server}", $"-keepalive:{KeepAliveSeconds}", "@csc.rsp"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
