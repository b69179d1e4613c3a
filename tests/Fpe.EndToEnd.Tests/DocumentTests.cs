using System.Text;
using System.Text.RegularExpressions;
using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests;

/// <summary>The code that documents show.</summary>
public sealed class DocumentTests
{
    private static readonly string[] Pages =
    [
        "README.md", "docs/coming-from.md", "docs/data.md", "docs/deployment.md", "docs/fsharp.md", "docs/get-started.md", "docs/gpu.md", "docs/images.md", "docs/language.md",
        "docs/onnx.md", "docs/results.md", "docs/scale.md", "docs/serving.md",
        "src/Fpe.Cli/README.md", "src/Fpe.Extensions.AI/README.md", "src/Fpe.Gpu/README.md", "src/Fpe.Onnx/README.md", "src/Fpe.Research/README.md", "src/Fpe.Runtime/README.md",
    ];

    private const string Digits = """
        using Fpe;

        [Model(inputs: 64)]
        public sealed partial class DigitsNet
        {
            [Linear(4), Relu, Expand(factor: 4)]
            public partial Linear Hidden { get; }

            [Linear(10)]
            public partial Linear Logits { get; }
        }

        """;

    /// <summary>What the code of a package's page needs and does not show. Sites of packages show comments, so it cannot stand there.</summary>
    private static readonly Dictionary<string, string> Contexts = new(StringComparer.Ordinal)
    {
        ["src/Fpe.Cli/README.md"] = Digits + """
            internal static class DigitsData
            {
                public static StudyData Load() => throw new NotSupportedException();
            }
            """,
        ["src/Fpe.Extensions.AI/README.md"] = Digits.Replace("DigitsNet", "SectionNet", StringComparison.Ordinal) + """
            IEmbeddingGenerator<string, Embedding<float>> myGenerator = null!;
            string[] texts = [], labels = [];
            """,
        ["src/Fpe.Gpu/README.md"] = Digits,
        ["src/Fpe.Onnx/README.md"] = Digits + "using var model = new DigitsNet(seed: 1);",
    };

    /// <summary>It is also run, with the packages, by build/newcomer.sh if it names a file.</summary>
    [Fact]
    public void Code_of_documents_compiles()
    {
        using var folder = new TemporaryFolder();
        foreach (string page in Pages)
            File.WriteAllText(folder[page.Replace('/', '_') + ".cs"], DocumentCode.Of(page, Read(page), Contexts.GetValueOrDefault(page)));
        File.WriteAllText(folder["Pages.csproj"], Project());
        CommandResult built = Command.Run(DotNet.Host, ["build", folder["Pages.csproj"], "-nologo", "-v", "quiet"], DotNet.Alone);
        Assert.True(built.ExitCode == 0, built.ToString());
    }

    [Fact]
    public void The_program_in_F_sharp_is_the_one_of_its_page_and_runs()
    {
        foreach (Match block in Regex.Matches(Read("docs/fsharp.md"), @"^```\w+ file=(\S+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline))
            Assert.Equal(block.Groups[2].Value, Read("samples/FlowersFSharp/" + block.Groups[1].Value));

        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(AppContext.BaseDirectory, "flowers.csv"), folder["flowers.csv"]);
        CommandResult result = Command.Run(DotNet.Host, [Path.Combine(AppContext.BaseDirectory, "FlowersFSharp.dll")], folder: folder.Path);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Matches("\nbellflower 9[0-9]\\.[0-9] %\n", result.Output);
        Assert.Contains("flowers.safetensors", folder.Content);
    }

    private static string Read(string page) => File.ReadAllText(Path.Combine(DotNet.Repository, page));

    private static string Project()
    {
        var items = new StringBuilder();
        foreach (string library in Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Where(IsReferenced))
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

    private static bool IsReferenced(string library)
    {
        string name = Path.GetFileNameWithoutExtension(library);
        return name.StartsWith("Microsoft.ML", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.AI", StringComparison.Ordinal)
            || (name.StartsWith("Fpe.", StringComparison.Ordinal) && !name.EndsWith(".Tests", StringComparison.Ordinal));
    }
}
