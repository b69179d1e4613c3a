using System.IO.Compression;
using System.Xml.Linq;
using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests;

public class PackageTests(PackageFeed feed) : IClassFixture<PackageFeed>
{
    private const string Program = """
        using Fpe.Data;
        using Fpe.Training;

        float[] features = [.. Enumerable.Range(0, 64 * 64).Select(i => i / 64 == i % 64 ? 1f : 0f)];
        int[] labels = [.. Enumerable.Range(0, 64).Select(i => i % 10)];
        using var model = new Net(seed: 1);
        new Trainer(new TrainingOptions { Epochs = 2 }).Fit(model, Dataset.OfClasses("pixels", 64, features, labels, 10));
        Console.WriteLine($"{Net.DenseWeights} {Net.ExpandedWeights} {model.WeightCount} {model.IsExpanded}");
        """;

    [Fact]
    public void The_package_holds_runtime_attributes_generator_and_targets()
    {
        using ZipArchive package = ZipFile.OpenRead(feed.Package);
        string[] parts = ["README", "analyzers", "build", "lib"];
        Assert.Equal(
            [
                "README.md",
                "analyzers/dotnet/cs/Fpe.CodeFixes.dll", "analyzers/dotnet/cs/Fpe.Generators.dll",
                "build/Fpe.props", "build/Fpe.targets",
                "lib/net10.0/Fpe.Dsl.dll", "lib/net10.0/Fpe.Dsl.xml", "lib/net10.0/Fpe.Runtime.dll", "lib/net10.0/Fpe.Runtime.xml",
            ],
            package.Entries.Select(entry => entry.FullName).Where(name => parts.Contains(name.Split('/', '.')[0])).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_symbols_are_those_of_runtime_and_attributes()
    {
        using ZipArchive symbols = ZipFile.OpenRead(feed.Symbols);
        Assert.Equal(
            ["lib/net10.0/Fpe.Dsl.pdb", "lib/net10.0/Fpe.Runtime.pdb"],
            symbols.Entries.Select(entry => entry.FullName).Where(name => name.EndsWith(".pdb", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_package_says_whose_it_is_and_where_it_comes_from()
    {
        using ZipArchive package = ZipFile.OpenRead(feed.Package);
        XElement metadata = Metadata(package, "Fpe");
        Assert.Equal(
            ["Fpe", "The Fpe authors", "MIT", "icon.png", "README.md", Repository],
            Fields.Select(name => Value(metadata, name)));
        Assert.Equal(Repository, Element(metadata, "repository").Attribute("url")!.Value);
        Assert.Matches(@"^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$", Value(metadata, "version"));
        Assert.InRange(package.GetEntry("icon.png")!.Length, 200, 1 << 20);

        // Links of diagnostics lead into the same repository.
        string rules = File.ReadAllText(Path.Combine(DotNet.Repository, "src", "Fpe.Generators", "Rules", "Rule.cs"));
        Assert.Contains($"HelpFolder = \"{Repository}/blob/main/docs/diagnostics/\";", rules, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Fpe.Cli", "Fpe", "Spectre.Console", "System.CommandLine")]
    [InlineData("Fpe.Arrow", "Apache.Arrow", "Apache.Arrow.Compression", "Fpe", "Fpe.Tables")]
    [InlineData("Fpe.Embedded", "Fpe")]
    [InlineData("Fpe.Extensions.AI", "Fpe", "Microsoft.Extensions.AI.Abstractions")]
    [InlineData("Fpe.Extensions.Logging", "Fpe", "Microsoft.Extensions.Logging.Abstractions")]
    [InlineData("Fpe.Gpu", "Fpe", "ILGPU")]
    [InlineData("Fpe.ML", "Fpe", "Microsoft.ML")]
    [InlineData("Fpe.Mpi", "Fpe")]
    [InlineData("Fpe.Onnx", "Fpe", "Google.Protobuf")]
    [InlineData("Fpe.Parquet", "Fpe", "Fpe.Tables", "Parquet.Net")]
    [InlineData("Fpe.Research", "Fpe")]
    [InlineData("Fpe.Tables", "Fpe", "Sep")]
    public void A_companion_of_the_package_brings_what_it_uses_and_nothing_else(string library, params string[] dependencies)
    {
        using var folder = new TemporaryFolder();
        PackageFeed.Pack(library, folder.Path);
        using ZipArchive package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(folder.Path, "*.nupkg")));
        Assert.Equal(
            ["README.md", $"lib/net10.0/{library}.dll", $"lib/net10.0/{library}.xml"],
            package.Entries.Select(entry => entry.FullName).Where(name => name.EndsWith(".md", StringComparison.Ordinal) || name.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

        Assert.Equal(
            dependencies,
            Metadata(package, library).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_model_in_an_empty_project_trains_with_as_many_weights_as_its_parent()
    {
        CommandResult built = feed.Build("Consumer", ("Net.cs", Net(factor: 4)), ("Program.cs", Program));
        Assert.True(built.ExitCode == 0, built.ToString());

        CommandResult result = feed.Run("Consumer");
        Assert.Equal(new CommandResult(0, "296 296 296 True\n", ""), result);
    }

    [Fact]
    public void A_model_that_cannot_be_expanded_does_not_build()
    {
        CommandResult built = feed.Build("Broken", ("Net.cs", Net(factor: 65)), ("Program.cs", Program));

        Assert.NotEqual(0, built.ExitCode);
        Assert.Contains("Net.cs(6,38): error FPE0012: Net.Hidden: factor 65 ", built.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_is_not_partial_is_told_so_by_a_build()
    {
        CommandResult built = feed.Build("NotPartial", ("Net.cs", Net(factor: 4).Replace("sealed partial", "sealed", StringComparison.Ordinal)), ("Program.cs", Program));

        Assert.NotEqual(0, built.ExitCode);
        Assert.Contains("Net.cs(4,21): error FPE0001: Net: the class Net is not partial", built.Output, StringComparison.Ordinal);
    }

    private const string Repository = "https://github.com/fpe-net/fpe";

    private static readonly string[] Fields = ["id", "authors", "license", "icon", "readme", "projectUrl"];

    private static XElement Metadata(ZipArchive package, string id)
    {
        using Stream stream = package.GetEntry($"{id}.nuspec")!.Open();
        return XDocument.Load(stream).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    private static XElement Element(XElement metadata, string name) => metadata.Elements().Single(element => element.Name.LocalName == name);

    private static string Value(XElement metadata, string name) => Element(metadata, name).Value;

    private static string Net(int factor) => $$"""
        using Fpe;

        [Model(inputs: 64)]
        public sealed partial class Net
        {
            [Linear(4), Relu, Expand(factor: {{factor}}, strategy: Split.Random)]
            public partial Linear Hidden { get; }

            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """;
}
