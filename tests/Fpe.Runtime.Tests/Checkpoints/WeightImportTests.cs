using System.Text.Json;
using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Runtime.Tests.Checkpoints;

/// <summary>Weights of PyTorch's <c>state_dict</c> with any names.</summary>
public sealed class WeightImportTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    private string Path => System.IO.Path.Combine(folder.FullName, "net.safetensors");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Tensors_of_one_shape_each_find_their_parameters()
    {
        Write(("net.0.bias", [4]), ("net.0.weight", [4, 8]), ("net.2.bias", [3]), ("net.2.weight", [3, 4]));
        using var model = new PlannedModel(Plans.OneHidden(8, 4, 3, ExpansionPlan.None));
        WeightMapping mapping = model.ImportWeights(Path);
        Assert.Equal(
            ["net.0.weight → hidden.weight Shape", "net.0.bias → hidden.bias Shape", "net.2.weight → logits.weight Shape", "net.2.bias → logits.bias Shape"],
            mapping.Tensors.Select(Text));
        Assert.Equal(Numbers("net.0.weight", 32), ((Linear)model.Layers[0]).ReadWeights());
        Assert.Equal(Numbers("net.0.bias", 4), ((Linear)model.Layers[0]).ReadBiases());
        Assert.Equal(Numbers("net.2.weight", 12), ((Linear)model.Layers[1]).ReadWeights());
        Assert.Equal(Numbers("net.2.bias", 3), ((Linear)model.Layers[1]).ReadBiases());
        Assert.Equal(
            $"""
            {Path} → TestNet
            net.0.weight  [4, 8]  → hidden.weight  by shape
            net.0.bias    [4]     → hidden.bias    by shape
            net.2.weight  [3, 4]  → logits.weight  by shape
            net.2.bias    [3]     → logits.bias    by shape
            """.ReplaceLineEndings("\n"),
            mapping.ToString());
    }

    [Fact]
    public void Numbers_in_names_decide_among_equal_shapes()
    {
        Write(("net.10.bias", [4]), ("net.10.weight", [4, 4]), ("net.2.bias", [4]), ("net.2.weight", [4, 4]), ("net.4.bias", [4]), ("net.4.weight", [4, 4]));
        using PlannedModel model = Squares(3);
        Assert.Equal(["net.2.weight", "net.4.weight", "net.10.weight"], Weights(model.ImportWeights(Path)));
        Assert.Equal(Numbers("net.10.bias", 4), ((Linear)model.Layers[2]).ReadBiases());
    }

    [Fact]
    public void A_file_that_is_not_sorted_by_name_has_the_order_of_the_model()
    {
        Write(("stem.weight", [4, 4]), ("stem.bias", [4]), ("body.weight", [4, 4]), ("body.bias", [4]), ("head.weight", [4, 4]), ("head.bias", [4]));
        using PlannedModel model = Squares(3);
        Assert.Equal(["stem.weight", "body.weight", "head.weight"], Weights(model.ImportWeights(Path)));
    }

    [Fact]
    public void An_order_that_numbers_in_names_contradict_decides_nothing()
    {
        Write(("net.4.weight", [4, 4]), ("net.4.bias", [4]), ("net.2.weight", [4, 4]), ("net.2.bias", [4]));
        using PlannedModel model = Squares(2);
        Assert.Throws<WeightMappingException>(() => model.ImportWeights(Path));
        Write(("net.2.weight", [4, 4]), ("net.2.bias", [4]), ("net.10.weight", [4, 4]), ("net.10.bias", [4]));
        Assert.Equal(["net.2.weight", "net.10.weight"], Weights(model.ImportWeights(Path)));
    }

    [Fact]
    public void Equal_shapes_that_nothing_orders_are_one_error_with_the_map_to_pass()
    {
        Write(("body.bias", [4]), ("body.weight", [4, 4]), ("head.bias", [4]), ("head.weight", [4, 4]), ("stem.bias", [4]), ("stem.weight", [4, 4]));
        using PlannedModel model = Squares(3);
        double[] before = ((Linear)model.Layers[0]).ReadWeights();
        var error = Assert.Throws<WeightMappingException>(() => model.ImportWeights(Path));
        Assert.Equal(
            $"{Path}: body, head and stem, all [4, 4], could be layer0, layer1 or layer2 in any order of TestNet, because neither names nor order decide; pass the map, corrected: "
            + """new Dictionary<string, string?> { ["body.weight"] = "layer0.weight", ["head.weight"] = "layer1.weight", ["stem.weight"] = "layer2.weight" }.""",
            error.Message);
        Assert.Equal(before, ((Linear)model.Layers[0]).ReadWeights());

        WeightMapping mapping = model.ImportWeights(Path, new Dictionary<string, string?> { ["stem.weight"] = "layer0.weight", ["body.weight"] = "layer1.weight", ["head.weight"] = "layer2.weight" });
        Assert.Equal(["stem.weight", "body.weight", "head.weight"], Weights(mapping));
        Assert.Equal(Numbers("stem.bias", 4), ((Linear)model.Layers[0]).ReadBiases());
        Assert.Equal(mapping.Tensors.Select(tensor => (tensor.Tensor, tensor.Parameter)), model.ImportWeights(Path, mapping.ToMap()).Tensors.Select(tensor => (tensor.Tensor, tensor.Parameter)));
    }

    [Fact]
    public void A_map_that_decides_some_leaves_the_rest_to_shapes()
    {
        Write(("body.bias", [4]), ("body.weight", [4, 4]), ("head.bias", [4]), ("head.weight", [4, 4]));
        using PlannedModel model = Squares(2);
        WeightMapping mapping = model.ImportWeights(Path, new Dictionary<string, string?> { ["head.weight"] = "layer1.weight" });
        Assert.Equal(["body.weight → layer0.weight Shape", "body.bias → layer0.bias Shape", "head.weight → layer1.weight Map", "head.bias → layer1.bias Map"], mapping.Tensors.Select(Text));
    }

    [Fact]
    public void Equal_names_need_no_shapes()
    {
        Write(("layer0.bias", [4]), ("layer0.weight", [4, 4]), ("layer1.bias", [4]), ("layer1.weight", [4, 4]));
        using PlannedModel model = Squares(2);
        Assert.All(model.ImportWeights(Path).Tensors, tensor => Assert.Equal((tensor.Tensor, MappingReason.Name), (tensor.Parameter, tensor.Reason)));
    }

    [Fact]
    public void A_module_without_bias_gets_biases_of_0()
    {
        Write(("fc1.weight", [4, 8]), ("fc2.bias", [3]), ("fc2.weight", [3, 4]));
        using var model = new PlannedModel(Plans.OneHidden(8, 4, 3, ExpansionPlan.None));
        WeightMapping mapping = model.ImportWeights(Path);
        Assert.Equal(" → hidden.bias Zero", Text(mapping.Tensors[1]));
        Assert.Equal(new double[4], ((Linear)model.Layers[0]).ReadBiases());
        Assert.Contains("0           [4]     → hidden.bias    the module has no bias", mapping.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_normalisation_gets_its_statistics_and_not_its_counter()
    {
        Write(
            ("bn.num_batches_tracked", []), ("bn.bias", [4]), ("bn.running_mean", [4]), ("bn.running_var", [4]), ("bn.weight", [4]),
            ("conv.weight", [4, 1, 3, 3]), ("fc.bias", [3]), ("fc.weight", [3, 16]));
        ModelPlan plan = Plans.Chain(
            16, countBiases: false,
            new Conv2dPlan("Filters", new ImageShape(1, 4, 4), Filters: 4, Kernel: 3), new BatchNormPlan("Norm", 4, Places: 4), new LinearPlan("Logits", 16, 3));
        using var model = new PlannedModel(plan);
        WeightMapping mapping = model.ImportWeights(Path);
        var norm = (BatchNorm)model.Layers[1];
        Assert.Equal(Numbers("bn.weight", 4), Read(norm.Scale));
        Assert.Equal(Numbers("bn.running_mean", 4), Read(norm.RunningMean));
        Assert.Equal(Numbers("bn.running_var", 4), Read(norm.RunningVariance));
        Assert.Equal(Numbers("conv.weight", 36), Read(((Conv2d)model.Layers[0]).Weight));
        Assert.Equal("bn.num_batches_tracked →  LeftOut", Text(mapping.Tensors[^1]));
    }

    [Fact]
    public void The_joint_projection_of_attention_is_a_layer()
    {
        Write(("attn.in_proj_bias", [18]), ("attn.in_proj_weight", [18, 6]), ("attn.out_proj.bias", [6]), ("attn.out_proj.weight", [6, 6]));
        ModelPlan plan = Plans.Chain(
            24, countBiases: false,
            new LinearPlan("Queries", 6, 18, Places: 4), new SelfAttentionPlan("Attention", Units: 6, Places: 4, Heads: 2), new LinearPlan("Mixed", 6, 6, Places: 4));
        using var model = new PlannedModel(plan);
        Assert.Equal(["attn.in_proj_weight", "attn.out_proj.weight"], Weights(model.ImportWeights(Path)));
        Assert.Equal(Numbers("attn.in_proj_bias", 18), ((Linear)model.Layers[0]).ReadBiases());
    }

    [Fact]
    public void Parameters_of_two_modules_can_be_one_layer()
    {
        Write(("words.weight", [7, 6]), ("places.weight", [4, 6]), ("fc.weight", [3, 24]), ("fc.bias", [3]));
        ModelPlan plan = Plans.Chain(4, countBiases: false, new EmbeddingPlan("Table", Places: 4, Vocabulary: 7, Dimension: 6, HasPositions: true), new LinearPlan("Logits", 24, 3));
        using var model = new PlannedModel(plan);
        string positions = model.Layers[0].Parameters[1].Name;
        WeightMapping mapping = model.ImportWeights(Path, new Dictionary<string, string?> { ["places.weight"] = positions });
        Assert.Equal(["words.weight → table.weight Shape", $"places.weight → {positions} Map"], mapping.Tensors.Take(2).Select(Text));
    }

    [Fact]
    public void What_is_missing_and_left_over_is_one_error_with_a_map()
    {
        Write(("fc.bias", [4]), ("fc.weight", [4, 8]), ("head.bias", [5]), ("head.weight", [5, 4]));
        using var model = new PlannedModel(Plans.OneHidden(8, 4, 3, ExpansionPlan.None));
        Assert.Equal(
            $"{Path}: it has no tensor for logits.weight [3, 4] and logits.bias [3] of TestNet, which has no parameter for head.bias [5] and head.weight [5, 4]; declare the layers with the shapes of the file, "
            + """or pass a map, with null for what is left out: new Dictionary<string, string?> { ["head.bias"] = null, ["head.weight"] = null }.""",
            Assert.Throws<CheckpointMismatchException>(() => model.ImportWeights(Path)).Message);

        Write(("fc.bias", [4]), ("fc.weight", [4, 8]));
        Assert.Equal(
            $"{Path}: it has no tensor for logits.weight [3, 4] and logits.bias [3] of TestNet; declare the layers with the shapes of the file.",
            Assert.Throws<CheckpointMismatchException>(() => model.ImportWeights(Path)).Message);

        Write(("fc.bias", [4]), ("fc.weight", [4, 8]), ("extra.table", [2]), ("out.bias", [3]), ("out.weight", [3, 4]));
        Assert.Equal(
            $"{Path}: TestNet has no parameter for extra.table [2]; declare the layers with the shapes of the file, "
            + """or pass a map, with null for what is left out: new Dictionary<string, string?> { ["extra.table"] = null }.""",
            Assert.Throws<CheckpointMismatchException>(() => model.ImportWeights(Path)).Message);
        Assert.Equal("extra.table →  LeftOut", Text(model.ImportWeights(Path, new Dictionary<string, string?> { ["extra.table"] = null }).Tensors[^1]));
    }

    [Fact]
    public void A_window_of_one_pixel_is_a_matrix_if_the_map_says_so()
    {
        Write(("a.bias", [4]), ("a.weight", [4, 8, 1, 1]), ("b.bias", [3]), ("b.weight", [3, 4]));
        using var model = new PlannedModel(Plans.OneHidden(8, 4, 3, ExpansionPlan.None));
        var error = Assert.Throws<CheckpointMismatchException>(() => model.ImportWeights(Path));
        Assert.EndsWith("""{ ["a.bias"] = "hidden.bias", ["a.weight"] = "hidden.weight" }.""", error.Message, StringComparison.Ordinal);
        model.ImportWeights(Path, new Dictionary<string, string?> { ["a.weight"] = "hidden.weight" });
        Assert.Equal(Numbers("a.weight", 32), ((Linear)model.Layers[0]).ReadWeights());
    }

    [Theory]
    [InlineData("none", "hidden.weight", "the map has a tensor none, but the file has a.bias, a.weight, b.bias, b.weight; correct the name.")]
    [InlineData("a.weight", "hidden", "the map gives a.weight to hidden, but TestNet has hidden.weight, hidden.bias, logits.weight, logits.bias; correct the name.")]
    [InlineData("a.weight", "logits.weight", "the map gives a.weight [4, 8] to logits.weight [3, 4]; give it a parameter of its shape.")]
    public void A_wrong_map_is_named(string tensor, string parameter, string problem)
    {
        Write(("a.bias", [4]), ("a.weight", [4, 8]), ("b.bias", [3]), ("b.weight", [3, 4]));
        using var model = new PlannedModel(Plans.OneHidden(8, 4, 3, ExpansionPlan.None));
        Assert.Equal($"{Path}: {problem}", Assert.Throws<WeightMappingException>(() => model.ImportWeights(Path, new Dictionary<string, string?> { [tensor] = parameter })).Message);
    }

    [Fact]
    public void A_map_gives_a_parameter_once()
    {
        Write(("a.bias", [4]), ("a.weight", [4, 4]), ("b.bias", [4]), ("b.weight", [4, 4]));
        using PlannedModel model = Squares(2);
        Assert.Equal(
            $"{Path}: the map gives both a.weight and b.weight to layer0.weight; remove one of them.",
            Assert.Throws<WeightMappingException>(() => model.ImportWeights(Path, new SortedDictionary<string, string?> { ["a.weight"] = "layer0.weight", ["b.weight"] = "layer0.weight" })).Message);
    }

    [Theory]
    [InlineData("F32")]
    [InlineData("F16")]
    [InlineData("BF16")]
    [InlineData("F64")]
    public void Every_width_of_numbers_is_read(string type)
    {
        Write(type, ("a.bias", [4]), ("a.weight", [4, 8]), ("b.bias", [3]), ("b.weight", [3, 4]));
        using var model = new PlannedModel(Plans.OneHidden(8, 4, 3, ExpansionPlan.None));
        model.ImportWeights(Path);
        Assert.Equal(Numbers("a.weight", 32), ((Linear)model.Layers[0]).ReadWeights());
    }

    [Fact]
    public void Integers_and_numbers_that_are_not_finite_are_refused()
    {
        Write("I32", ("a.bias", [4]), ("a.weight", [4, 8]), ("b.bias", [3]), ("b.weight", [3, 4]));
        using var model = new PlannedModel(Plans.OneHidden(8, 4, 3, ExpansionPlan.None));
        Assert.Equal(
            $"{Path}: tensor a.weight is I32, but floating-point numbers are expected: F16, BF16, F32 or F64.",
            Assert.Throws<CheckpointMismatchException>(() => model.ImportWeights(Path)).Message);

        Write(("a.bias", [4]), ("a.weight", [4, 8]), ("b.bias", [3]), ("infinite.weight", [3, 4]));
        Assert.Equal(
            $"{Path}: tensor infinite.weight, which belongs to logits.weight, is Infinity at [2, 3], which is not finite in Float32; export a model whose training did not diverge.",
            Assert.Throws<CheckpointValueException>(() => model.ImportWeights(Path, new Dictionary<string, string?> { ["infinite.weight"] = "logits.weight", ["b.bias"] = "logits.bias" })).Message);
    }

    [Fact]
    public void An_expanded_model_is_refused_and_so_is_its_file()
    {
        Write(("a.bias", [6]), ("a.weight", [6, 8]), ("b.bias", [3]), ("b.weight", [3, 6]));
        using var model = new PlannedModel(Expansions.Plan("random"));
        model.ImportWeights(Path);
        model.Expand();
        Assert.Equal(
            "TestNet is expanded, but weights are imported into a dense parent; import into a new model and expand it.",
            Assert.Throws<InvalidOperationException>(() => model.ImportWeights(Path)).Message);
        model.Save(Path);
        using var other = new PlannedModel(Expansions.Plan("random"));
        Assert.Equal(
            $"{Path}: it was saved by this library and contains an expanded model; use Load or LoadWeights.",
            Assert.Throws<CheckpointMismatchException>(() => other.ImportWeights(Path)).Message);
    }

    [Fact]
    public void A_dense_model_of_this_library_can_be_imported_under_other_names()
    {
        using var model = new PlannedModel(Plans.OneHidden(8, 4, 3, ExpansionPlan.None), seed: 5);
        model.Save(Path);
        using var renamed = new PlannedModel(Plans.Chain(8, countBiases: false, new LinearPlan("First", 8, 4, ActivationFunction.Relu), new LinearPlan("Second", 4, 3)), seed: 6);
        renamed.ImportWeights(Path);
        Assert.Equal(model.Layers.SelectMany(layer => ((Linear)layer).ReadWeights()), renamed.Layers.SelectMany(layer => ((Linear)layer).ReadWeights()));
    }

    [Theory]
    [InlineData("504B03040000080800000000000000000000000000000000000010000000617263686976652F646174612E706B6C", "net.pt", "a zip archive of torch.save", "import torch;")]
    [InlineData("80028A0A6CFC9C46F920", "net.bin", "a Python pickle, which could run code when loaded", "import torch;")]
    [InlineData("894844460D0A1A0A00", "net.h5", "an HDF5 file", "import keras, numpy;")]
    [InlineData("504B030414000000000000000000000000000000000000000000" + "0D0000006D657461646174612E6A736F6E", "net.keras", "a zip archive of Keras", "import keras, numpy;")]
    public void A_file_of_another_tool_comes_with_the_line_that_converts_it(string hex, string name, string kind, string line)
    {
        string file = System.IO.Path.Combine(folder.FullName, name);
        File.WriteAllBytes(file, Convert.FromHexString(hex));
        using var model = new PlannedModel(Plans.OneHidden(8, 4, 3, ExpansionPlan.None));
        string message = Assert.Throws<CheckpointUnsupportedException>(() => model.ImportWeights(file)).Message;
        Assert.StartsWith($"{file}: it is {kind}, not a safetensors file; convert it with: python -c \"{line} from safetensors", message, StringComparison.Ordinal);
        Assert.Contains($"('{name}'", message, StringComparison.Ordinal);
        Assert.EndsWith(", 'net.safetensors')\"", message, StringComparison.Ordinal);
    }

    private static PlannedModel Squares(int count) => new(Plans.Chain(4, countBiases: false, [.. Enumerable.Range(0, count).Select(l => new LinearPlan($"Layer{l}", 4, 4))]));

    private static string Text(MappedTensor tensor) => $"{tensor.Tensor} → {tensor.Parameter} {tensor.Reason}";

    private static string[] Weights(WeightMapping mapping) => [.. mapping.Tensors.Where(tensor => tensor.Parameter!.EndsWith(".weight", StringComparison.Ordinal)).Select(tensor => tensor.Tensor!)];

    private static double[] Read(Parameter parameter)
    {
        var values = new double[parameter.Count];
        parameter.Value.Read(values);
        return values;
    }

    /// <summary>The numbers of a tensor: small quarters, which every type can hold, and different ones for each name.</summary>
    private static double[] Numbers(string name, int count)
    {
        int first = name.Sum(letter => letter) % 37;
        double[] numbers = [.. Enumerable.Range(0, count).Select(i => ((first + i) % 41) / 4.0)];
        if (name.StartsWith("infinite", StringComparison.Ordinal))
            numbers[^1] = double.PositiveInfinity;
        return numbers;
    }

    private void Write(params (string Name, long[] Shape)[] tensors) => Write("F32", tensors);

    /// <summary>Writes a file with the tensors in this order; counters are I64.</summary>
    private void Write(string type, params (string Name, long[] Shape)[] tensors)
    {
        var header = new Dictionary<string, object>();
        var content = new List<byte>();
        foreach ((string name, long[] shape) in tensors)
        {
            string own = shape.Length == 0 ? "I64" : type;
            int first = content.Count;
            content.AddRange(Numbers(name, (int)shape.Aggregate(1L, (product, size) => product * size)).SelectMany(number => Bytes(own, number)));
            header.Add(name, new { dtype = own, shape, data_offsets = new[] { first, content.Count } });
        }

        File.WriteAllBytes(Path, SafetensorsTests.File(JsonSerializer.Serialize(header), [.. content]));
    }

    private static byte[] Bytes(string type, double number) => type switch
    {
        "F16" => BitConverter.GetBytes((Half)number),
        "BF16" => [.. BitConverter.GetBytes((float)number).Skip(2)],
        "F32" => BitConverter.GetBytes((float)number),
        "F64" => BitConverter.GetBytes(number),
        "I32" => BitConverter.GetBytes((int)number),
        _ => BitConverter.GetBytes((long)number),
    };
}
