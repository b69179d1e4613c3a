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
    public void The_package_holds_runtime_attributes_and_generator()
    {
        using ZipArchive package = ZipFile.OpenRead(feed.Package);
        string[] parts = ["README", "analyzers", "lib"];
        Assert.Equal(
            [
                "README.md",
                "analyzers/dotnet/cs/Fpe.CodeFixes.dll", "analyzers/dotnet/cs/Fpe.Generators.dll",
                "lib/net10.0/Fpe.Dsl.dll", "lib/net10.0/Fpe.Dsl.xml", "lib/net10.0/Fpe.Runtime.dll", "lib/net10.0/Fpe.Runtime.xml",
            ],
            package.Entries.Select(entry => entry.FullName).Where(name => parts.Contains(name.Split('/', '.')[0])).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Fpe.Cli", "Fpe", "Spectre.Console", "System.CommandLine")]
    [InlineData("Fpe.Extensions.AI", "Fpe", "Microsoft.Extensions.AI.Abstractions")]
    [InlineData("Fpe.ML", "Fpe", "Microsoft.ML")]
    [InlineData("Fpe.Onnx", "Fpe", "Google.Protobuf")]
    [InlineData("Fpe.Research", "Fpe")]
    public void A_companion_of_the_package_brings_what_it_uses_and_nothing_else(string library, params string[] dependencies)
    {
        using var folder = new TemporaryFolder();
        PackageFeed.Pack(library, folder.Path);
        using ZipArchive package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(folder.Path)));
        Assert.Equal(
            ["README.md", $"lib/net10.0/{library}.dll", $"lib/net10.0/{library}.xml"],
            package.Entries.Select(entry => entry.FullName).Where(name => name.EndsWith(".md", StringComparison.Ordinal) || name.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

        using Stream stream = package.GetEntry($"{library}.nuspec")!.Open();
        Assert.Equal(
            dependencies,
            XDocument.Load(stream).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value).Order(StringComparer.Ordinal));
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
