using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests;

public class InvariantTextTests
{
    /// <summary>An assembly without it would write the minus sign and the decimal point of whoever runs it.</summary>
    [Fact]
    public void Every_assembly_formats_interpolated_strings_itself()
    {
        string[] projects = [.. ((string[])["src", "samples"]).SelectMany(folder => Directory.GetFiles(Path.Combine(DotNet.Repository, folder), "*.csproj", SearchOption.AllDirectories))];
        string[] assemblies = [.. projects.Select(project => Path.Combine(AppContext.BaseDirectory, $"{Path.GetFileNameWithoutExtension(project)}.dll")).Where(File.Exists)];

        Assert.InRange(assemblies.Length, 5, projects.Length);
        Assert.All(assemblies, assembly => Assert.Contains("System.Runtime.CompilerServices.DefaultInterpolatedStringHandler", Types(assembly)));
    }

    private static string[] Types(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.TypeDefinitions.Select(metadata.GetTypeDefinition).Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")];
    }
}
