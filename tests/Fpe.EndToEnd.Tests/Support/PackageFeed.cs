namespace Fpe.EndToEnd.Tests.Support;

/// <summary>The package <c>Fpe</c>, packed into a folder from which empty projects can restore it, and nothing else.</summary>
public sealed class PackageFeed : IDisposable
{
    private readonly TemporaryFolder folder = new();

    // Packages of its own, so that none of an earlier build is used.
    private readonly Dictionary<string, string> environment;

    public PackageFeed()
    {
        environment = new Dictionary<string, string>(DotNet.Alone) { ["NUGET_PACKAGES"] = folder["packages"] };
        Pack("Fpe.Runtime", folder["feed"]);
    }

    /// <summary>The only package there is.</summary>
    internal string Package => Assert.Single(Directory.GetFiles(folder["feed"], "*.nupkg"));

    /// <summary>The symbols of the package.</summary>
    internal string Symbols => Path.ChangeExtension(Package, ".snupkg");

    /// <summary>Packs a library that was built.</summary>
    /// <param name="library">Name of its project.</param>
    /// <param name="destination">The folder that receives the package.</param>
    internal static void Pack(string library, string destination)
    {
        string project = Path.Combine(DotNet.Repository, "src", library);
        CommandResult packed = Command.Run(DotNet.Host, ["pack", project, "--no-build", "-c", DotNet.Configuration, "-o", destination]);
        Assert.True(packed.ExitCode == 0, packed.ToString());
    }

    /// <summary>Makes a new console project that references the package, and builds it.</summary>
    /// <param name="name">Name of the project.</param>
    /// <param name="sources">Its files, by name.</param>
    internal CommandResult Build(string name, params (string File, string Content)[] sources) => Build(name, items: "", sources);

    /// <summary>The same for a project with further items.</summary>
    /// <param name="name">Name of the project.</param>
    /// <param name="items">The items, as XML.</param>
    /// <param name="sources">Its files, by name.</param>
    internal CommandResult Build(string name, string items, params (string File, string Content)[] sources)
    {
        string project = Path.Combine(FolderOf(name), name + ".csproj");
        File.WriteAllText(project, Project.Replace("  </ItemGroup>", $"    {items}\n  </ItemGroup>", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder[name], "nuget.config"), NuGetConfig);
        foreach ((string file, string content) in sources)
            File.WriteAllText(Path.Combine(folder[name], file), content);
        return Command.Run(DotNet.Host, ["build", project, "-c", "Release", "-o", Output(name), "-nologo", "-warnaserror"], environment);
    }

    /// <summary>Makes the folder of a project, for files that are no sources, and returns it.</summary>
    internal string FolderOf(string name) => Directory.CreateDirectory(folder[name]).FullName;

    /// <summary>Runs a project that was built.</summary>
    internal CommandResult Run(string name) => Command.Run(DotNet.Host, [Path.Combine(Output(name), name + ".dll")], environment);

    public void Dispose() => folder.Dispose();

    private string Output(string name) => Path.Combine(folder[name], "out");

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <UseAppHost>false</UseAppHost>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Fpe" Version="*" />
          </ItemGroup>
        </Project>
        """;

    private const string NuGetConfig = """
        <configuration>
          <packageSources>
            <clear />
            <add key="feed" value="../feed" />
          </packageSources>
        </configuration>
        """;
}
