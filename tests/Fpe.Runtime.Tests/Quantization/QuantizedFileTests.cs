using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Files;
using Fpe.Quantization;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Runtime.Tests.Quantization;

/// <summary>Quantised networks in files.</summary>
public sealed class QuantizedFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    private string File => Path.Combine(folder.FullName, "net.safetensors");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(QuantizedModels.Names), MemberType = typeof(QuantizedModels))]
    public void A_loaded_network_has_the_bits_of_the_saved_one(string name)
    {
        using PlannedModel model = QuantizedModels.Create(name);
        float[] samples = QuantizedModels.SamplesOf(model.Plan);
        using Predictor quantized = model.Quantize(samples);
        quantized.Save(File);
        using Predictor loaded = Load(File, model.Plan);
        Assert.Equal(Outputs(quantized, samples), Outputs(loaded, samples));
        Assert.Equal(model.WeightCount, loaded.WeightCount);
        using var again = new MemoryStream();
        loaded.Save(again);
        Assert.Equal(System.IO.File.ReadAllBytes(File), again.ToArray());
    }

    [Fact]
    public void A_dense_parent_of_a_network_that_can_be_expanded_is_loaded_as_one()
    {
        using var model = new PlannedModel(Expansions.Plan("share"), seed: 1);
        float[] samples = QuantizedModels.SamplesOf(model.Plan);
        using Predictor quantized = model.Quantize(samples);
        quantized.Save(File);
        using Predictor loaded = Load(File, model.Plan);
        Assert.Equal(Outputs(quantized, samples), Outputs(loaded, samples));
        Assert.Equal(model.Plan.DenseWeights, loaded.WeightCount);
    }

    [Fact]
    public void LoadPredictor_finds_out_what_a_file_has()
    {
        using var model = new Net(seed: 3, Device.Default);
        model.Expand();
        model.Meaning = new ModelMeaning { Task = ModelTask.Classification, ClassNames = ["a", "b", "c"] };
        float[] samples = QuantizedModels.SamplesOf(model.Plan);
        using Predictor single = model.ToPredictor(), quantized = model.Quantize(samples);
        foreach (Predictor predictor in (Predictor[])[single, quantized])
        {
            predictor.Save(File);
            using var stream = new MemoryStream();
            predictor.Save(stream);
            Assert.Equal(System.IO.File.ReadAllBytes(File), stream.ToArray());
            using Predictor fromFile = PredictorFile.LoadPredictor<Net>(File), fromStream = PredictorFile.LoadPredictor<Net>(new MemoryStream(stream.ToArray()), "net");
            using Predictor fromMemory = PredictorFile.LoadPredictor<Net>(stream.ToArray(), "net");
            foreach (Predictor loaded in (Predictor[])[fromFile, fromStream, fromMemory])
            {
                Assert.Equal(Outputs(predictor, samples), Outputs(loaded, samples));
                Assert.Equal(predictor.PredictName(samples.AsSpan(0, 8)), loaded.PredictName(samples.AsSpan(0, 8)));
            }
        }

        string message = Assert.Throws<CheckpointMismatchException>(() => ModelFile.Load<Net>(File)).Message;
        Assert.Equal($"{File}: it has a network of 8 bits, which only predicts; load it with LoadPredictor.", message);
        quantized.Dispose();
        Assert.Throws<ObjectDisposedException>(() => quantized.Save(File));
    }

    [Theory]
    [InlineData(32, 0.30, 224_975)]
    [InlineData(1, 0.45, 313_603)]
    public void Files_have_the_sizes_that_the_documentation_says(int share, double most, long size)
    {
        using var model = new PlannedModel(Plans.OneHidden(784, 256, 10, new ExpansionPlan(4, Share: share)), seed: 1);
        using MemoryStream parent = new(), small = new();
        model.Save(parent);
        model.Expand();
        using Predictor quantized = model.Quantize(QuantizedModels.SamplesOf(model.Plan));
        quantized.Save(small);
        Assert.Equal((815_168, size), (parent.Length, small.Length));
        Assert.InRange((double)small.Length / parent.Length, 0, most);
    }

    [Fact]
    public void Damage_is_found()
    {
        SaveNet();
        byte[] whole = System.IO.File.ReadAllBytes(File);
        for (int length = 0; length < whole.Length; length += 97)
            Assert.ThrowsAny<FpeException>(() => PredictorFile.LoadPredictor<Net>(whole.AsMemory(0, length), "net"));
        for (int place = 8; place < whole.Length; place += 13)
        {
            byte[] damaged = [.. whole];
            damaged[place] ^= 4;
            Assert.ThrowsAny<FpeException>(() => PredictorFile.LoadPredictor<Net>(damaged, "net"));
        }
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        QuantizedNumbers numbers = SaveNet();
        var hidden = (EdgeNumbers)numbers.Layers[0];
        QuantizedNumbers With(EdgeNumbers layer) => numbers with { Layers = new Dictionary<int, LayerNumbers>(numbers.Layers) { [0] = layer } };

        Refused<CheckpointMismatchException>("it has format version 4, but this library reads versions 1 to 3; update the library.", Rewrite(metadata: entry => entry.Key == FileKeys.Version ? "4" : entry.Value));
        Refused<CheckpointFormatException>("metadata fpe.expanded is maybe, but must be true or false; save the model again.", Rewrite(metadata: entry => entry.Key == FileKeys.Expanded ? "maybe" : entry.Value));
        Refused<CheckpointMismatchException>("there is no tensor hidden.bias; [18] is expected.", Rewrite(tensors: name => name == "hidden.bias" ? null : name));
        Refused<CheckpointMismatchException>("tensor stray [18] does not belong to TestNet; rename or remove it.", Rewrite(tensors: name => name, also: "hidden.bias"));
        Refused<CheckpointValueException>("hidden.weight_scale is 0 at [2], but a step is greater than 0 and finite; fetch the file again.", Write(With(hidden with { RowScales = [.. hidden.RowScales.Select((scale, row) => row == 2 ? 0 : scale)] })));
        Refused<CheckpointValueException>("scales is NaN at [0], but a step is greater than 0 and finite; fetch the file again.", Write(numbers with { Input = numbers.Input with { Scale = float.NaN } }));
        Refused<CheckpointValueException>("its numbers do not fit together: TestNet: row 0 of Hidden has 3 weights, whose sum does not fit into 32 bits; expand the layer, so that its rows are shorter.", Write(With(hidden with { Biases = [int.MinValue, .. hidden.Biases[1..]] })));

        // The same columns, but one edge fewer.
        EdgeLayout fewer = hidden.Layout.WithHoles(new System.Collections.BitArray(hidden.Layout.SlotCount, true) { [0] = false });
        Refused<CheckpointMismatchException>($"it has {numbers.WeightCount - 1} weights, but the compiler proved {numbers.WeightCount} for TestNet; load it into the model that was saved.", Write(With(hidden with { Layout = fewer })));
    }

    [Fact]
    public void A_file_of_another_class_is_refused()
    {
        using (PlannedModel other = QuantizedModels.Create("deal"))
        using (Predictor quantized = other.Quantize(QuantizedModels.SamplesOf(other.Plan)))
            quantized.Save(File);
        Assert.StartsWith($"{File}: TestNet.", Assert.Throws<CheckpointMismatchException>(() => PredictorFile.LoadPredictor<Net>(File)).Message, StringComparison.Ordinal);
        Assert.Throws<FileAccessException>(() => PredictorFile.LoadPredictor<Net>(File + ".none"));
    }

    [Fact]
    public void Numbers_that_no_network_has_are_refused()
    {
        QuantizedNumbers numbers = SaveNet();
        EdgeNumbers hidden = (EdgeNumbers)numbers.Layers[0], logits = (EdgeNumbers)numbers.Layers[1];
        QuantizedNumbers With(int l, EdgeNumbers layer) => numbers with { Layers = new Dictionary<int, LayerNumbers>(numbers.Layers) { [l] = layer } };

        Refused<CheckpointValueException>("hidden.weight_values is -128 at [0], but a weight is from -127 to 127; fetch the file again.", Write(With(0, hidden with { Weights = [sbyte.MinValue, .. hidden.Weights[1..]] })));
        Refused<CheckpointValueException>("scales is 3.4028235E+38 at [0], whose numbers are not all finite; fetch the file again.", Write(numbers with { Input = new ValueScale(float.MaxValue, 0) }));
        Refused<CheckpointValueException>(
            "its numbers do not fit together: TestNet: outputs of row 2 of Logits can be too large for single precision; train it again with a lower learning rate.",
            Write(With(1, logits with { RowScales = [.. logits.RowScales.Select((scale, row) => row == 2 ? float.MaxValue : scale)] })));
    }

    [Fact]
    public void Slots_are_read_only_where_a_layer_has_a_layout_without_a_mask()
    {
        // 48 edges of 8 × 6, with holes or without.
        using (var parent = new Net(seed: 3, Device.Default))
        using (Predictor quantized = parent.Quantize(QuantizedModels.SamplesOf(parent.Plan)))
            quantized.Save(File);
        foreach (sbyte first in (sbyte[])[1, QuantizedTensors.Hole])
        {
            var slots = new TensorOf<sbyte>("hidden.weight_slots", TensorType.I8, [48], [first, .. Enumerable.Repeat((sbyte)1, 47)]);
            Refused<CheckpointMismatchException>("there is no tensor hidden.weight; [6, 8] is expected.", Rewrite(tensors: name => name == "hidden.weight" ? null : name, crafted: [slots]));
            Refused<CheckpointMismatchException>("tensor hidden.weight_slots [48] does not belong to TestNet; rename or remove it.", Rewrite(crafted: [slots]));
        }

        // 18 rows of 8 / 3 edges, which are stored as values, without a mask and with one.
        var hidden = (EdgeNumbers)SaveNet().Layers[0];
        sbyte[] content = [.. Enumerable.Repeat((sbyte)1, hidden.Layout.SlotCount)];
        var own = new TensorOf<sbyte>("hidden.weight_slots", TensorType.I8, [content.Length], content);
        using (Predictor loaded = PredictorFile.LoadPredictor<Net>(Rewrite(tensors: name => name == "hidden.weight_values" ? null : name, crafted: [own]), "net"))
            Assert.Equal(content, ((EdgeNumbers)((QuantizedNetwork)loaded.Source).Numbers.Layers[0]).Weights);
        Refused<CheckpointMismatchException>($"tensor hidden.weight_values [{content.Length}] does not belong to TestNet; rename or remove it.", Rewrite(crafted: [own]));
        var mask = new TensorOf<byte>("hidden.weight_mask", TensorType.U8, [1, (content.Length + 7) / 8], [1, .. new byte[((content.Length + 7) / 8) - 1]]);
        Refused<CheckpointMismatchException>("there is no tensor hidden.weight_values; [1] is expected.", Rewrite(tensors: name => name == "hidden.weight_values" ? null : name, crafted: [own, mask]));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named_and_nothing_is_left()
    {
        using PlannedModel model = QuantizedModels.Create("random");
        using Predictor quantized = model.Quantize(QuantizedModels.SamplesOf(model.Plan));
        System.IO.File.WriteAllText(File, "a file, not a folder");
        foreach (string path in (string[])[Path.Combine(folder.FullName, "missing", "net.safetensors"), Path.Combine(File, "net.safetensors")])
        {
            Assert.StartsWith($"{path} cannot be written: ", Assert.Throws<FileAccessException>(() => quantized.Save(path)).Message, StringComparison.Ordinal);
            Assert.StartsWith($"{path} cannot be written: ", Assert.Throws<FileAccessException>(() => quantized.Save(path, manifest: true)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(File, Assert.Single(folder.GetFileSystemInfos()).FullName);
        Assert.Equal("a file, not a folder", System.IO.File.ReadAllText(File));
    }

    private static void Refused<TException>(string message, byte[] file)
        where TException : Exception =>
        Assert.Equal($"net: {message}", Assert.Throws<TException>(() => PredictorFile.LoadPredictor<Net>(file, "net")).Message);

    private QuantizedNumbers SaveNet()
    {
        using var model = new Net(seed: 3, Device.Default);
        model.Expand();
        using Predictor quantized = model.Quantize(QuantizedModels.SamplesOf(model.Plan));
        quantized.Save(File);
        return ((QuantizedNetwork)quantized.Source).Numbers;
    }

    private static byte[] Write(QuantizedNumbers numbers)
    {
        using var stream = new MemoryStream();
        new QuantizedWriter(numbers).ToFile("net").Write(stream);
        return stream.ToArray();
    }

    /// <summary>Writes the file again, with other metadata, without some tensors, or with more of them.</summary>
    private byte[] Rewrite(
        Func<KeyValuePair<string, string>, string>? metadata = null, Func<string, string?>? tensors = null, string? also = null, Tensor[]? crafted = null)
    {
        using SafetensorsReader reader = SafetensorsReader.Open(File);
        IEnumerable<KeyValuePair<string, string>> entries = reader.Metadata.Where(entry => entry.Key != FileKeys.Checksum)
            .Select(entry => KeyValuePair.Create(entry.Key, metadata?.Invoke(entry) ?? entry.Value));
        List<Tensor> kept = [.. reader.Tensors.Values.Where(tensor => tensors is null || tensors(tensor.Name) is not null).Select(tensor => Copy(tensor, tensor.Name))];
        if (also is not null)
            kept.Add(Copy(reader.Tensors[also], "stray"));
        kept.AddRange(crafted ?? []);
        using var stream = new MemoryStream();
        new SafetensorsWriter("net", [.. entries], kept).Write(stream);
        return stream.ToArray();

        Tensor Copy(TensorEntry tensor, string name) => new TensorOf<byte>(name, tensor.Type, tensor.Shape, reader.Read<byte>(tensor));
    }

    private static Predictor Load(string file, ModelPlan plan)
    {
        using SafetensorsReader reader = SafetensorsReader.Open(file);
        Assert.True(QuantizedReader.IsQuantized(reader));
        QuantizedNetwork network = QuantizedReader.Read(reader, plan, IntegerDot.Fastest);
        return new Predictor(network, network.Numbers.WeightCount, network.Close);
    }

    private static float[] Outputs(Predictor predictor, float[] samples)
    {
        var outputs = new float[samples.Length / predictor.Plan.InputCount * predictor.Plan.OutputCount];
        predictor.PredictOutputs(samples, outputs);
        return outputs;
    }

    private sealed class Net(long seed, Device device) : Model(Declared, seed, device), IModel<Net>
    {
        static ModelPlan IModel<Net>.Plan => Declared;

        private static ModelPlan Declared { get; } = Expansions.Plan("random");

        static Net IModel<Net>.Create(long seed, Device device) => new(seed, device);
    }
}
