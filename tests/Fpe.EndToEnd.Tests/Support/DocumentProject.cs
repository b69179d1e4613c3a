using System.Text;

namespace Fpe.EndToEnd.Tests.Support;

/// <summary>Builds the code of documents, with libraries that lie beside the tests.</summary>
internal static class DocumentProject
{
    /// <summary>Builds the code of pages, all in one project. Errors of the compiler name the lines of the pages.</summary>
    /// <param name="pages">Paths of the pages in the repository.</param>
    /// <param name="contexts">What the code of a page needs and the page does not show, by its path.</param>
    /// <param name="isReferenced">Whether the code can use the library of a name.</param>
    public static CommandResult Build(IEnumerable<string> pages, IReadOnlyDictionary<string, string> contexts, Func<string, bool> isReferenced)
    {
        using var folder = new TemporaryFolder();
        foreach (string page in pages)
            File.WriteAllText(folder[page.Replace('/', '_') + ".cs"], DocumentCode.Of(page, Read(page), contexts.GetValueOrDefault(page)));
        File.WriteAllText(folder["Pages.csproj"], Project(isReferenced));
        return Command.Run(DotNet.Host, ["build", folder["Pages.csproj"], "-nologo", "-v", "quiet"], DotNet.Alone);
    }

    /// <summary>The text of a page.</summary>
    public static string Read(string page) => File.ReadAllText(Path.Combine(DotNet.Repository, page));

    private static string Project(Func<string, bool> isReferenced)
    {
        var items = new StringBuilder();
        foreach (string library in Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Where(library => isReferenced(Path.GetFileNameWithoutExtension(library))))
            items.AppendLine($"    <Reference Include=\"{library}\" />");
        string generators = Path.Combine(DotNet.Repository, "src", "Fpe.Generators", "bin", DotNet.Configuration, "netstandard2.0", "Fpe.Generators.dll");
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <FrameworkReference Include="Microsoft.AspNetCore.App" />
                <Analyzer Include="{generators}" />
            {items}
              </ItemGroup>
            </Project>
            """;
    }
}
