using System.Globalization;
using Fpe.Compute;
using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests;

/// <summary>A project with a trained model as an item <c>FpeModel</c>, built with the package.</summary>
public class EmbeddedModelTests(PackageFeed feed) : IClassFixture<PackageFeed>
{
    // The build takes "de" for a culture unless it is told otherwise.
    private const string Model = "digits.de.safetensors";

    private const string Item = $"""<FpeModel Include="trained/{Model}" />""";

    private const string Program = """
        float[] sample = [.. Enumerable.Range(0, 64).Select(i => MathF.Sin(i))];
        try
        {
            using DigitsNet model = DigitsNet.LoadEmbedded();
            using Fpe.Predictor predictor = DigitsNet.LoadEmbeddedPredictor();
            Console.WriteLine($"{string.Join(' ', model.Forward(sample).Select(BitConverter.SingleToInt32Bits))} {predictor.Predict(sample)}");
        }
        catch (Fpe.FpeException error)
        {
            Console.WriteLine(error.Message);
        }
        """;

    [Fact]
    public void A_program_has_its_model_in_its_assembly_and_refuses_another_one()
    {
        using PlannedModel trained = Train(seed: 1), other = Train(seed: 2);
        trained.Save(PathOf("Embedded"), manifest: true);
        CommandResult built = feed.Build("Embedded", Item, ("Net.cs", Net(neurons: 4)), ("Program.cs", Program));
        Assert.True(built.ExitCode == 0, built.ToString());
        Assert.Empty(Directory.GetDirectories(Path.Combine(feed.FolderOf("Embedded"), "out"), "de"));
        Assert.Equal(new CommandResult(0, Expected(trained), ""), feed.Run("Embedded"));

        // A new file with the old manifest.
        using (FileStream file = File.Create(PathOf("Embedded")))
            other.Save(file);
        Assert.Equal(0, feed.Build("Embedded", Item, ("Net.cs", Net(neurons: 4)), ("Program.cs", Program)).ExitCode);
        CommandResult refused = feed.Run("Embedded");
        Assert.StartsWith($"{Model} in Embedded: its checksum is ", refused.Output, StringComparison.Ordinal);
        Assert.EndsWith("write the manifest of this file with DigitsNet.WriteManifest, and build again.\n", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_changed_after_training_does_not_build()
    {
        using PlannedModel trained = Train(seed: 1);
        trained.Save(PathOf("Changed"), manifest: true);
        CommandResult built = feed.Build("Changed", Item, ("Net.cs", Net(neurons: 8)), ("Program.cs", Program));
        Assert.NotEqual(0, built.ExitCode);
        Assert.Contains(
            $"Net.cs(7,27): error FPE0075: DigitsNet.Hidden: outputs is 8, but 4 in {Model}.manifest; change it back, or train the model again and save it with its manifest",
            built.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_item_can_name_class_and_resource()
    {
        using PlannedModel trained = Train(seed: 1);
        trained.Save(PathOf("Renamed"), manifest: true);
        const string Named = $"""<FpeModel Include="trained/{Model}" Class="PixelNet" LogicalName="a b.bin" />""";
        string[] sources = [Net(neurons: 4), Program];
        CommandResult built = feed.Build(
            "Renamed", Named,
            [.. sources.Select((source, i) => ($"Source{i}.cs", source.Replace("DigitsNet", "PixelNet", StringComparison.Ordinal)))]);
        Assert.True(built.ExitCode == 0, built.ToString());
        Assert.Equal(new CommandResult(0, Expected(trained), ""), feed.Run("Renamed"));
    }

    [Fact]
    public void A_model_without_its_manifest_or_its_file_is_missed()
    {
        using PlannedModel trained = Train(seed: 1);
        trained.Save(PathOf("Missing"));
        CommandResult built = feed.Build("Missing", Item, ("Net.cs", Net(neurons: 4)), ("Program.cs", "return;"));
        Assert.Contains(
            $"error : FpeModel trained/{Model}: the file has no manifest beside it, trained/{Model}.manifest; save the model with Save(path, manifest: true), or write it with WriteManifest(path).",
            built.Output, StringComparison.Ordinal);

        File.Delete(PathOf("Missing"));
        built = feed.Build("Missing", Item, ("Net.cs", Net(neurons: 4)), ("Program.cs", "return;"));
        Assert.Contains($"error : FpeModel trained/{Model}: there is no such file; train the model and save it there, or remove the item.", built.Output, StringComparison.Ordinal);
    }

    private string PathOf(string project) => Path.Combine(Directory.CreateDirectory(Path.Combine(feed.FolderOf(project), "trained")).FullName, Model);

    /// <summary>A model that the program's class describes, with weights that depend on the seed.</summary>
    private static PlannedModel Train(long seed)
    {
        var plan = new ModelPlan("DigitsNet", 64, [
            new LinearPlan("Hidden", 64, 4, ActivationFunction.Relu) { Expansion = new(4) },
            new LinearPlan("Logits", 4, 10),
        ]);
        var model = new PlannedModel(plan, seed);
        model.Expand();
        return model;
    }

    private static string Expected(PlannedModel model)
    {
        float[] outputs = new float[10];
        model.Forward([.. Enumerable.Range(0, 64).Select(i => MathF.Sin(i))], outputs);
        string bits = string.Join(' ', outputs.Select(output => BitConverter.SingleToInt32Bits(output).ToString(CultureInfo.InvariantCulture)));
        return $"{bits} {outputs.Index().MaxBy(output => output.Item).Index}\n";
    }

    private static string Net(int neurons) => $$"""
        using Fpe;

        [Model(inputs: 64)]
        public sealed partial class DigitsNet
        {
            [Linear({{neurons}}), Relu, Expand(factor: 4, strategy: Split.Random)]
            public partial Linear Hidden { get; }

            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """;
}
