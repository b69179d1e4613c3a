using Fpe.Checkpoints;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Runtime.Tests.Checkpoints;

/// <summary>Files of ours in which one thing is wrong.</summary>
public sealed class ModelMetadataTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    private string File => Path.Combine(folder.FullName, "model.safetensors");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("fpe.plan", null, "metadata fpe.plan is not a plan: ")]
    [InlineData("fpe.expanded", null, "metadata fpe.expanded is missing, but must be true or false; save the model again.")]
    [InlineData("fpe.expanded", "yes", "metadata fpe.expanded is yes, but must be true or false; save the model again.")]
    public void Metadata_that_cannot_be_is_damage(string key, string? text, string problem)
    {
        Save("random");
        Change(metadata => Set(metadata, key, text));
        Assert.StartsWith($"{File}: {problem}", Refused<CheckpointFormatException>("random"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_structure_is_named_with_those_that_there_are()
    {
        Save("random");
        Change(metadata => Set(metadata, "fpe.structure.hidden.weight", null));
        Assert.Equal(
            $"{File}: metadata fpe.structure.hidden.weight is missing, but must be one of Dense, SharedBlocks, OwnPartition, Sparse.",
            Refused<CheckpointMismatchException>("random"));
    }

    [Fact]
    public void The_seed_is_that_of_the_model_that_was_saved()
    {
        Save("random", seed: -7);
        Assert.Equal(-7, Seed());
        Change(metadata => Set(metadata, "fpe.seed", "1e3"));
        Assert.Equal($"{File}: metadata fpe.seed is 1e3, which is not a seed; save the model again.", Assert.Throws<CheckpointFormatException>(() => Seed()).Message);
        Change(metadata => Set(metadata, "fpe.seed", null));
        Assert.Equal($"{File}: metadata fpe.seed is missing, which is not a seed; save the model again.", Assert.Throws<CheckpointFormatException>(() => Seed()).Message);
        Change(metadata => metadata.Clear());
        Assert.Equal(0, Seed());
    }

    [Theory]
    [InlineData("random", true, "1")]
    [InlineData("deep, dealt", true, "1")]
    [InlineData("random", false, "1")]
    public void The_version_is_the_first_unless_there_are_lists(string plan, bool isExpanded, string version)
    {
        Save(plan, isExpanded: isExpanded);
        using SafetensorsReader reader = SafetensorsReader.Open(File);
        Assert.Equal((version, isExpanded ? "true" : "false"), (reader.Metadata["fpe.version"], reader.Metadata["fpe.expanded"]));
        Assert.Equal(isExpanded, reader.Metadata.ContainsKey("fpe.structure.hidden.weight") || reader.Metadata.ContainsKey("fpe.structure.first.weight"));
    }

    [Fact]
    public void An_expanded_model_of_a_plan_that_is_not_cannot_be()
    {
        Save("dense", isExpanded: false);
        Change(metadata => Set(metadata, "fpe.expanded", "true"));
        Assert.Equal(
            $"{File}: it contains an expanded model, but TestNet has no layer to expand; load it into the model that was saved.",
            Refused<CheckpointMismatchException>("dense"));
    }

    [Theory]
    [InlineData("random", "hidden.bias", 2, "[2]")]
    [InlineData("on a convolution", "edges.weight", 3, "[3]")]
    [InlineData("on a convolution", "shapes.bias", 4, "[4]")]
    public void Numbers_that_are_not_finite_are_named_in_every_parameter(string plan, string tensor, int index, string place)
    {
        Save(plan);
        Change(tensors: tensors => BitConverter.GetBytes(float.NaN).CopyTo(tensors[tensor].Content, sizeof(float) * index));
        Assert.Equal(
            $"{File}: {tensor} is NaN at {place}, which is not finite in Float32; training diverged before it was saved.",
            Refused<CheckpointValueException>(plan));
    }

    [Fact]
    public void Tied_biases_that_differ_are_named_with_both()
    {
        Save("tied biases");
        Change(tensors: tensors =>
        {
            BitConverter.GetBytes(0.25f).CopyTo(tensors["hidden.bias"].Content, sizeof(float) * 15);
            BitConverter.GetBytes(0.5f).CopyTo(tensors["hidden.bias"].Content, sizeof(float) * 16);
            BitConverter.GetBytes(0.25f).CopyTo(tensors["hidden.bias"].Content, sizeof(float) * 17);
        });
        Assert.Equal(
            $"{File}: hidden.bias is 0.5 at [16], but 0.25 at [15], and children of Hidden share one bias; make them equal.",
            Refused<CheckpointValueException>("tied biases"));
    }

    [Fact]
    public void Edges_are_counted()
    {
        Save("deal");
        Change(tensors: tensors =>
        {
            byte[] columns = tensors["hidden.weight_columns"].Content;
            columns[0] &= (byte)(columns[0] - 1);
            TensorOf<byte> values = tensors["hidden.weight_values"];
            tensors["hidden.weight_values"] = values with { Shape = [values.Shape[0] - 1], Content = values.Content[sizeof(float)..] };
        });
        Assert.Equal(
            $"{File}: it has 77 weights, but the compiler proved 78 for TestNet; load it into the model that was saved.",
            Refused<CheckpointMismatchException>("deal"));
    }

    [Fact]
    public void A_weight_in_the_first_place_without_an_edge_is_named()
    {
        for (long seed = 1; ; seed++)
        {
            using var model = new PlannedModel(Expansions.Plan("random"), seed);
            model.Expand();
            if (model.Linears.First().ToDense()[0] != 0)
                continue;
            model.Save(File, WeightForm.Dense);
            Change(tensors: tensors => BitConverter.GetBytes(1f).CopyTo(tensors["hidden.weight"].Content, 0));
            Assert.Equal(
                $"{File}: tensor hidden.weight is not 0 at [0, 0], where TestNet has no edge; set it to 0.",
                Refused<CheckpointValueException>("random"));
            return;
        }
    }

    [Fact]
    public void Tensors_of_training_belong_to_files_of_training_alone()
    {
        Save("random");
        Change(tensors: tensors => tensors["training.x"] = new TensorOf<byte>("training.x", TensorType.U8, [1], [1]));
        Assert.Equal($"{File}: tensor training.x [1] does not belong to TestNet; rename or remove it.", Refused<CheckpointMismatchException>("random"));
    }

    [Fact]
    public void Blocks_have_rows()
    {
        Save("share");
        Change(tensors: tensors => tensors["hidden.weight_blocks"].Content.AsSpan().Clear());
        Assert.Equal(
            $"{File}: tensor hidden.weight_columns has 4 blocks, but hidden.weight_blocks assigns no row to block 1.",
            Refused<CheckpointMismatchException>("share"));
        Change(tensors: tensors => tensors["hidden.weight_blocks"].Content[0] = 4);
        Assert.Equal($"{File}: tensor hidden.weight_blocks has 4 at 0, but only 0 to 3 exist.", Refused<CheckpointMismatchException>("share"));
        Change(tensors: tensors => tensors["hidden.weight_columns"] = tensors["hidden.weight_columns"] with { Type = TensorType.I8 });
        Assert.Equal($"{File}: tensor hidden.weight_columns is I8, but U8 is expected.", Refused<CheckpointMismatchException>("share"));
        Change(tensors: tensors => tensors["hidden.weight_columns"] = new TensorOf<byte>("hidden.weight_columns", TensorType.U8, [], [1]));
        Assert.Equal($"{File}: tensor hidden.weight_columns has 0 blocks, but 16 rows can form only 1 to 16.", Refused<CheckpointMismatchException>("share"));
    }

    private static void Set(Dictionary<string, string> metadata, string key, string? text)
    {
        if (text is null)
            metadata.Remove(key);
        else
            metadata[key] = text;
    }

    private void Save(string plan, long seed = 1, bool isExpanded = true)
    {
        using var model = new PlannedModel(Expansions.Plan(plan), seed);
        if (isExpanded)
            model.Expand();
        model.Save(File);
    }

    private long Seed()
    {
        using SafetensorsReader reader = SafetensorsReader.Open(File);
        return ModelReader.SeedOf(reader);
    }

    /// <summary>The message of the error that loading brings; the model stays as it was.</summary>
    private string Refused<TException>(string plan)
        where TException : FpeException
    {
        using var model = new PlannedModel(Expansions.Plan(plan), seed: 5);
        double[] before = [.. model.Parameters.SelectMany(parameter => Slots.Read(parameter, parameter.Value))];
        string message = Assert.Throws<TException>(() => model.LoadWeights(File)).Message;
        Assert.False(model.IsExpanded);
        Assert.Equal(before, model.Parameters.SelectMany(parameter => Slots.Read(parameter, parameter.Value)));
        return message;
    }

    private void Change(Action<Dictionary<string, string>>? metadata = null, Action<Dictionary<string, TensorOf<byte>>>? tensors = null)
    {
        Dictionary<string, TensorOf<byte>> content;
        Dictionary<string, string> texts;
        using (SafetensorsReader reader = SafetensorsReader.Open(File))
        {
            content = reader.Tensors.Values.ToDictionary(tensor => tensor.Name, tensor => new TensorOf<byte>(tensor.Name, tensor.Type, tensor.Shape, reader.Read<byte>(tensor)));
            texts = reader.Metadata.Where(pair => pair.Key != "fpe.crc32c").ToDictionary();
        }

        metadata?.Invoke(texts);
        tensors?.Invoke(content);
        using FileStream stream = System.IO.File.Create(File);
        new SafetensorsWriter(File, texts, content.Values).Write(stream);
    }
}
