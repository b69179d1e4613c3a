using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Files;
using Fpe.Research.Reference;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Runtime.Tests.Checkpoints;

public sealed class ModelFileTests : IDisposable
{
    private static readonly float[] Samples = [.. Enumerable.Range(0, 3 * 8).Select(i => MathF.Sin(i))];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    private string File => Path.Combine(folder.FullName, "model.safetensors");

    [Theory]
    [MemberData(nameof(Expansions.Names), MemberType = typeof(Expansions))]
    public void A_model_comes_back_with_every_bit(string name)
    {
        ModelPlan plan = Expansions.Plan(name);
        foreach (Device device in new Device[] { Device.Default, new ReferenceDevice(ElementType.Float64) })
        {
            foreach (WeightForm form in Enum.GetValues<WeightForm>())
            {
                foreach (bool expand in new[] { false, plan.IsExpanded })
                {
                    using PlannedModel model = Create(plan, seed: 1, device, expand);
                    using var copy = new PlannedModel(plan, seed: 2, device);
                    model.Save(File, form);
                    copy.LoadWeights(File);
                    AssertSame(model, copy);

                    // An expanded model takes other structure as well as other weights.
                    using PlannedModel other = Create(plan, seed: 3, device, expand);
                    other.LoadWeights(File);
                    AssertSame(model, other);
                }
            }
        }
    }

    [Fact]
    public void A_weight_that_is_kept_may_be_0()
    {
        using PlannedModel model = Create(Expansions.Plan("random"), seed: 1, Device.Default, expand: true);
        Parameter weight = model.Parameters.First();
        double[] values = Slots.Read(weight, weight.Value);
        values[0] = 0;
        Slots.Write(weight, values);
        using var copy = new PlannedModel(Expansions.Plan("random"), seed: 2);
        foreach (WeightForm form in Enum.GetValues<WeightForm>())
        {
            model.Save(File, form);
            copy.LoadWeights(File);
            AssertSame(model, copy);
        }
    }

    [Theory]
    [InlineData(1, Outgoing.Prune)]
    [InlineData(1, Outgoing.Deal)]
    [InlineData(16, Outgoing.Prune)]
    [InlineData(16, Outgoing.Deal)]
    public void A_file_is_no_larger_than_the_dense_parents_but_for_index_data(int share, Outgoing outgoing)
    {
        ModelPlan plan = Plans.OneHidden(784, 64, 10, new ExpansionPlan(4, Share: share, Outgoing: outgoing));
        using var model = new PlannedModel(plan);
        model.Save(File);
        long dense = new FileInfo(File).Length;
        model.Expand();
        model.Save(File);
        using SafetensorsReader reader = SafetensorsReader.Open(File);
        long index = reader.Tensors.Values.Where(tensor => tensor.Type == TensorType.U8).Sum(tensor => tensor.Length);
        long extraBiases = sizeof(float) * (plan.ExpandedBiases - plan.DenseBiases);

        // 784 flags for each of 256 children, or of 4 children of 4 groups and then a flag for each of their edges; 256 flags for
        // each of 10 outputs; and some header.
        Assert.InRange(index, 0, share == 1 ? (256 * 98) + (10 * 32) : (16 * 98) + 256 + (64 * 98) + (10 * 32));
        Assert.InRange(new FileInfo(File).Length, 0, dense + index + extraBiases + 1000);
    }

    [Fact]
    public void Filters_in_groups_have_the_shape_that_PyTorch_gives_them()
    {
        foreach (bool expand in new[] { false, true })
        {
            using PlannedModel model = Create(Expansions.Plan("groups, expanded"), seed: 1, Device.Default, expand);
            model.Save(File, WeightForm.Dense);
            using SafetensorsReader reader = SafetensorsReader.Open(File);
            Assert.Equal(expand ? [24, 8, 2, 2] : [8L, 4, 2, 2], reader.Tensors["shapes.weight"].Shape);
            Assert.Equal(expand ? [8, 12, 2, 2] : [8L, 4, 2, 2], reader.Tensors["joined.weight"].Shape);
            Assert.Equal([8L, 1, 2, 2], reader.Tensors["depth.weight"].Shape);
        }
    }

    [Fact]
    public void Names_and_shapes_are_those_of_PyTorch()
    {
        using PlannedModel model = Create(Expansions.Plan("random"), seed: 1, Device.Default, expand: true);
        model.Save(File, WeightForm.Dense);
        using SafetensorsReader reader = SafetensorsReader.Open(File);
        Assert.Equal([18L, 8], reader.Tensors["hidden.weight"].Shape);
        Assert.Equal([18L], reader.Tensors["hidden.bias"].Shape);
        Assert.Equal([3L, 18], reader.Tensors["logits.weight"].Shape);
        Assert.Equal("pt", reader.Metadata["format"]);
        Assert.All(model.Parameters, parameter => Assert.Equal(TensorType.F32, reader.Tensors[parameter.Name].Type));
    }

    public static TheoryData<string, string> Mismatches => new()
    {
        { "neurons", "TestNet.denseWeights is 66 in the file, but 77 in the model" },
        { "layers", "TestNet.denseWeights is 66 in the file, but 128 in the model" },
        { "factor", "TestNet.layers[0].expansion.factor is 3 in the file, but 2 in the model" },
        { "strategy", "TestNet.layers[0].expansion.strategy is \"Random\" in the file, but \"Clause\" in the model" },
        { "outgoing", "TestNet.layers[0].expansion.outgoing is \"Prune\" in the file, but \"Deal\" in the model" },
        { "activation", "TestNet.layers[0].activation is \"Relu\" in the file, but \"Tanh\" in the model" },
        { "budget", "TestNet.countBiases is false in the file, but true in the model" },
    };

    [Theory]
    [MemberData(nameof(Mismatches))]
    public void A_model_of_another_plan_is_refused_and_stays_as_it_was(string difference, string problem)
    {
        using (PlannedModel model = Create(Expansions.Plan("random"), seed: 1, Device.Default, expand: true))
            model.Save(File);
        ModelPlan plan = difference switch
        {
            "neurons" => Plans.OneHidden(8, 7, 3, new ExpansionPlan(3)),
            "layers" => Expansions.Plan("deep"),
            "factor" => Plans.OneHidden(8, 6, 3, new ExpansionPlan(2)),
            "strategy" => Plans.OneHidden(8, 6, 3, new ExpansionPlan(3, Split.Clause) { Clauses = [[0, 1], [2, 3], [4, 5]] }),
            "outgoing" => Plans.OneHidden(8, 6, 3, new ExpansionPlan(3, Outgoing: Outgoing.Deal)),
            "activation" => Plans.OneHidden(8, 6, 3, new ExpansionPlan(3), ActivationFunction.Tanh),
            _ => Plans.OneHidden(8, 6, 3, new ExpansionPlan(3), countBiases: true),
        };
        Assert.Contains(problem, Refused<CheckpointMismatchException>(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dense_parent_may_be_loaded_to_be_expanded_otherwise()
    {
        using var parent = new PlannedModel(Expansions.Plan("random"), seed: 1);
        using var other = new PlannedModel(Plans.OneHidden(8, 6, 3, new ExpansionPlan(2, Share: 2)), seed: 1);
        parent.Save(File);
        other.LoadWeights(File);
        Assert.Equal(parent.Outputs(Samples), other.Outputs(Samples));
        other.Expand();
    }

    [Fact]
    public void A_dense_parent_is_not_loaded_into_an_expanded_model()
    {
        using var parent = new PlannedModel(Expansions.Plan("random"), seed: 1);
        parent.Save(File);
        using PlannedModel expanded = Create(Expansions.Plan("random"), seed: 2, Device.Default, expand: true);
        var error = Assert.Throws<CheckpointMismatchException>(() => expanded.LoadWeights(File));
        Assert.Equal($"{File}: it contains a dense parent, but TestNet is expanded; load it into a new model.", error.Message);
    }

    [Theory]
    [InlineData("hidden.weight", "there is no tensor hidden.weight; [6, 8] is expected.")]
    [InlineData("logits.bias", "there is no tensor logits.bias; [3] is expected.")]
    public void A_missing_tensor_is_named(string tensor, string problem) =>
        Assert.Contains(problem, RefusedForeign<CheckpointMismatchException>(tensors => tensors.Remove(tensor)), StringComparison.Ordinal);

    [Fact]
    public void A_tensor_of_another_shape_is_named_with_both() => Assert.Contains(
        "tensor hidden.weight is [8, 6], but [6, 8] is expected.",
        RefusedForeign<CheckpointMismatchException>(tensors => tensors["hidden.weight"] = tensors["hidden.weight"] with { Shape = [8, 6] }), StringComparison.Ordinal);

    [Fact]
    public void A_tensor_of_integers_is_named() => Assert.Contains(
        "tensor hidden.bias is I32, but floating-point numbers are expected",
        RefusedForeign<CheckpointMismatchException>(tensors => tensors["hidden.bias"] = tensors["hidden.bias"] with { Type = TensorType.I32 }), StringComparison.Ordinal);

    [Fact]
    public void A_tensor_that_nobody_wants_is_named() => Assert.Contains(
        "tensor hidden.scale [1] does not belong to TestNet",
        RefusedForeign<CheckpointMismatchException>(tensors => tensors["hidden.scale"] = new TensorOf<byte>("hidden.scale", TensorType.U8, [1], [1])), StringComparison.Ordinal);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void A_number_that_is_not_finite_is_named_with_its_place(float number) => Assert.Contains(
        FormattableString.Invariant($"hidden.weight is {(double)number} at [1, 3]"),
        RefusedForeign<CheckpointValueException>(tensors => BitConverter.GetBytes(number).CopyTo(tensors["hidden.weight"].Content, sizeof(float) * 11)), StringComparison.Ordinal);

    [Theory]
    [InlineData("F16")]
    [InlineData("BF16")]
    [InlineData("F64")]
    public void Numbers_of_other_widths_are_read(string name)
    {
        Assert.True(TensorTypes.TryParse(name, out TensorType type));
        byte[] One() => type switch
        {
            TensorType.F16 => BitConverter.GetBytes((Half)(-1.5)),
            TensorType.BF16 => BitConverter.GetBytes((ushort)(BitConverter.SingleToUInt32Bits(-1.5f) >> 16)),
            _ => BitConverter.GetBytes(-1.5),
        };
        WriteForeign(tensors => tensors["hidden.bias"] = new TensorOf<byte>("hidden.bias", type, [6], [.. Enumerable.Range(0, 6).SelectMany(_ => One())]));
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 2);
        model.LoadWeights(File);
        Assert.All(model.Linears.First().ReadBiases(), bias => Assert.Equal(-1.5, bias));
    }

    [Fact]
    public void A_weight_where_there_is_no_edge_is_named_with_its_place()
    {
        using PlannedModel model = Create(Expansions.Plan("random"), seed: 1, Device.Default, expand: true);
        model.Save(File, WeightForm.Dense);
        float[] dense = model.Linears.First().ToDense();
        int stray = Array.FindIndex(dense, 5, value => value == 0);
        Rewrite(tensors => BitConverter.GetBytes(1f).CopyTo(tensors["hidden.weight"].Content, sizeof(float) * stray), keepMetadata: true);
        Assert.Contains(
            $"tensor hidden.weight is not 0 at [{stray / 8}, {stray % 8}], where TestNet has no edge",
            Refused<CheckpointValueException>(Expansions.Plan("random")), StringComparison.Ordinal);

        // Without our metadata there is no structure in the file, and the expanded model's own decides.
        Rewrite(tensors => RemoveIndices(tensors), keepMetadata: false);
        Assert.Contains("where TestNet has no edge", Assert.Throws<CheckpointValueException>(() => model.LoadWeights(File)).Message, StringComparison.Ordinal);
        Rewrite(tensors => BitConverter.GetBytes(0f).CopyTo(tensors["hidden.weight"].Content, sizeof(float) * stray), keepMetadata: false);
        float[] before = model.Outputs(Samples);
        model.LoadWeights(File);
        Assert.Equal(before, model.Outputs(Samples));
    }

    [Theory]
    [InlineData("columns", "tensor hidden.weight_values is [")]
    [InlineData("values", "tensor hidden.weight_values is [")]
    [InlineData("stray bit", "has bits beyond the 9 flags of row 0")]
    [InlineData("structure", "metadata fpe.structure.hidden.weight is Diagonal")]
    [InlineData("version", "it has format version 4, but this library reads versions 1 to 3")]
    public void Index_data_that_cannot_be_is_refused(string damage, string problem)
    {
        ModelPlan plan = Plans.OneHidden(9, 6, 3, new ExpansionPlan(3));
        using (PlannedModel model = Create(plan, seed: 1, Device.Default, expand: true))
            model.Save(File);
        Rewrite(
            tensors =>
            {
                byte[] columns = tensors["hidden.weight_columns"].Content;
                if (damage == "columns")
                    columns[0] ^= 1;
                else if (damage == "stray bit")
                    columns[1] |= 0x80;
                else if (damage == "values" && tensors["hidden.weight_values"] is var values)
                    tensors["hidden.weight_values"] = values with { Shape = [values.Shape[0] - 1], Content = values.Content[sizeof(float)..] };
            },
            keepMetadata: true,
            metadata =>
            {
                if (damage == "structure")
                    metadata["fpe.structure.hidden.weight"] = "Diagonal";
                if (damage == "version")
                    metadata["fpe.version"] = "4";
            });
        Assert.Contains(problem, Refused<CheckpointMismatchException>(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_diverged_is_not_saved()
    {
        using PlannedModel model = Create(Expansions.Plan("random"), seed: 1, Device.Default, expand: true);
        model.Save(File);
        byte[] good = System.IO.File.ReadAllBytes(File);
        Parameter bias = model.Linears.First().Bias;
        bias.Value.Write([float.NaN], 4);
        var error = Assert.Throws<CheckpointValueException>(() => model.Save(File));
        Assert.Equal($"{File}: it was not saved, because hidden.bias is NaN at [4]; training diverged, so try a lower learning rate.", error.Message);
        Assert.Equal(good, System.IO.File.ReadAllBytes(File));
        Assert.Single(folder.GetFiles());
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_named()
    {
        using var model = new PlannedModel(Expansions.Plan("random"));
        string path = Path.Combine(folder.FullName, "missing", "model.safetensors");
        Assert.StartsWith($"{path} cannot be written", Assert.Throws<FileAccessException>(() => model.Save(path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static PlannedModel Create(ModelPlan plan, long seed, Device device, bool expand)
    {
        var model = new PlannedModel(plan, seed, device);
        if (expand)
            model.Expand();
        return model;
    }

    private static void AssertSame(Model expected, Model actual)
    {
        Assert.Equal(expected.IsExpanded, actual.IsExpanded);
        Assert.Equal(expected.WeightCount, actual.WeightCount);
        foreach ((Linear own, Linear other) in expected.Linears.Zip(actual.Linears))
        {
            AssertSame(own.Edges, other.Edges);
            Assert.Equal(own.ReadWeights(), other.ReadWeights());
            Assert.Equal(own.ReadBiases(), other.ReadBiases());
        }

        Assert.Equal(
            expected.Parameters.Select(parameter => Slots.Read(parameter, parameter.Value)),
            actual.Parameters.Select(parameter => Slots.Read(parameter, parameter.Value)));
        Assert.Equal(((PlannedModel)expected).Outputs(Samples), ((PlannedModel)actual).Outputs(Samples));
    }

    private static void AssertSame(EdgeLayout expected, EdgeLayout actual)
    {
        Assert.Equal(
            (expected.Structure, expected.BlockCount, expected.SlotCount, expected.EdgeCount),
            (actual.Structure, actual.BlockCount, actual.SlotCount, actual.EdgeCount));
        for (int b = 0; b < expected.BlockCount; b++)
        {
            Assert.Equal(expected.Block(b).Rows, actual.Block(b).Rows);
            Assert.Equal(expected.Block(b).Columns, actual.Block(b).Columns);
        }

        for (int slot = 0; slot < expected.SlotCount; slot++)
            Assert.Equal(expected.IsKept(slot), actual.IsKept(slot));
    }

    private static void RemoveIndices(Dictionary<string, TensorOf<byte>> tensors)
    {
        foreach (string name in tensors.Keys.Where(name => name.Contains('_', StringComparison.Ordinal)).ToArray())
            tensors.Remove(name);
    }

    /// <summary>The message of the error that loading into a new model brings; the model has to stay as it was.</summary>
    private string Refused<TException>(ModelPlan plan)
        where TException : FpeException
    {
        using var model = new PlannedModel(plan, seed: 5);
        double[] before = [.. model.Parameters.SelectMany(parameter => Slots.Read(parameter, parameter.Value))];
        string message = Assert.Throws<TException>(() => model.LoadWeights(File)).Message;
        Assert.StartsWith(File + ": ", message, StringComparison.Ordinal);
        Assert.False(model.IsExpanded);
        Assert.Equal(before, model.Parameters.SelectMany(parameter => Slots.Read(parameter, parameter.Value)));
        return message;
    }

    private string RefusedForeign<TException>(Action<Dictionary<string, TensorOf<byte>>> change)
        where TException : FpeException
    {
        WriteForeign(change);
        return Refused<TException>(Expansions.Plan("random"));
    }

    /// <summary>Writes a dense parent as another tool would, changed.</summary>
    private void WriteForeign(Action<Dictionary<string, TensorOf<byte>>> change)
    {
        using (var model = new PlannedModel(Expansions.Plan("random"), seed: 1))
            model.Save(File);
        Rewrite(change, keepMetadata: false);
    }

    private void Rewrite(Action<Dictionary<string, TensorOf<byte>>> change, bool keepMetadata, Action<Dictionary<string, string>>? changeMetadata = null)
    {
        Dictionary<string, TensorOf<byte>> tensors;
        Dictionary<string, string> metadata;
        using (SafetensorsReader reader = SafetensorsReader.Open(File))
        {
            tensors = reader.Tensors.Values.ToDictionary(tensor => tensor.Name, tensor => new TensorOf<byte>(tensor.Name, tensor.Type, tensor.Shape, reader.Read<byte>(tensor)));
            metadata = keepMetadata ? reader.Metadata.Where(pair => pair.Key != "fpe.crc32c").ToDictionary() : [];
        }

        change(tensors);
        changeMetadata?.Invoke(metadata);
        using FileStream stream = System.IO.File.Create(File);
        new SafetensorsWriter(File, metadata, tensors.Values).Write(stream);
    }
}
