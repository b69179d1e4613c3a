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
        CommandResult built = DocumentProject.Build(Pages, Contexts, IsReferenced);
        Assert.True(built.ExitCode == 0, built.ToString());
    }

    [Fact]
    public void The_program_in_F_sharp_is_the_one_of_its_page_and_runs()
    {
        foreach (Match block in Regex.Matches(DocumentProject.Read("docs/fsharp.md"), @"^```\w+ file=(\S+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline))
            Assert.Equal(block.Groups[2].Value, DocumentProject.Read("samples/FlowersFSharp/" + block.Groups[1].Value));

        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(AppContext.BaseDirectory, "flowers.csv"), folder["flowers.csv"]);
        CommandResult result = Command.Run(DotNet.Host, [Path.Combine(AppContext.BaseDirectory, "FlowersFSharp.dll")], folder: folder.Path);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Matches("\nbellflower 9[0-9]\\.[0-9] %\n", result.Output);
        Assert.Contains("flowers.safetensors", folder.Content);
    }

    private static bool IsReferenced(string library) =>
        library.StartsWith("Microsoft.ML", StringComparison.Ordinal) || library.StartsWith("Microsoft.Extensions.AI", StringComparison.Ordinal)
        || (library.StartsWith("Fpe.", StringComparison.Ordinal) && !library.EndsWith(".Tests", StringComparison.Ordinal));
}
