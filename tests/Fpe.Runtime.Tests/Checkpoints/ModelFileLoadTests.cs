using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Research.Reference;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Runtime.Tests.Checkpoints;

/// <summary>Models that are made of files.</summary>
public sealed class ModelFileLoadTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    private string File => Path.Combine(folder.FullName, "model.safetensors");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_model_is_made_with_the_seed_and_the_weights_of_its_file()
    {
        using var model = new Net(seed: 5, Device.Default);
        model.Expand();
        model.Save(File);
        var device = new ReferenceDevice(ElementType.Float32);
        using Net loaded = ModelFile.Load<Net>(File), elsewhere = ModelFile.Load<Net>(File, device);
        Assert.Equal((5, true, Device.Default), (loaded.Seed, loaded.IsExpanded, loaded.Device));
        Assert.Same(device, elsewhere.Device);
        Assert.Equal(model.Linears.SelectMany(layer => layer.ReadWeights()), loaded.Linears.SelectMany(layer => layer.ReadWeights()));
        Assert.Equal(model.Linears.SelectMany(layer => layer.ReadWeights()), elsewhere.Linears.SelectMany(layer => layer.ReadWeights()));
    }

    [Fact]
    public void A_file_of_another_model_makes_none()
    {
        using (var other = new PlannedModel(Expansions.Plan("deal")))
            other.Save(File);
        Assert.Throws<CheckpointMismatchException>(() => ModelFile.Load<Net>(File));
        Assert.Throws<ObjectDisposedException>(Net.Last!.Expand);
    }

    [Fact]
    public void There_has_to_be_a_model()
    {
        Model none = null!;
        Assert.Equal("model", Assert.Throws<ArgumentNullException>(() => none.Save(File)).ParamName);
        Assert.Equal("model", Assert.Throws<ArgumentNullException>(() => none.LoadWeights(File)).ParamName);
    }

    [Theory]
    [InlineData("random", "hidden.weight 35, hidden.bias 18, logits.weight 31, logits.bias 3")]
    [InlineData("tied biases", "hidden.weight 35, hidden.bias 6, logits.weight 31, logits.bias 3")]
    [InlineData("convolution under a dense layer", "edges.weight 24, edges.bias 3, shapes.weight 135, shapes.bias 5, hidden.weight 120, hidden.bias 6, logits.weight 18, logits.bias 3")]
    public void What_is_read_are_the_parameters_that_the_model_will_have(string plan, string expected)
    {
        using var model = new PlannedModel(Expansions.Plan(plan), seed: 1);
        if (model.Plan.IsExpanded)
            model.Expand();
        model.Save(File);
        using SafetensorsReader reader = SafetensorsReader.Open(File);
        LoadedModel loaded = ModelReader.Read(reader, model);
        Assert.Equal(model.Parameters.Select(parameter => $"{parameter.Name} {parameter.Count}"), loaded.Parameters.Select(parameter => $"{parameter.Name} {parameter.Count}"));
        Assert.Equal(expected, string.Join(", ", loaded.Parameters.Select(parameter => $"{parameter.Name} {parameter.Count}")));
    }

    [Fact]
    public void A_stream_is_closed_even_if_it_is_damaged()
    {
        var stream = new MemoryStream([1, 2, 3]);
        Assert.Throws<CheckpointFormatException>(() => ModelFile.Load<Net>(stream, "net"));
        Assert.False(stream.CanRead);
    }

    [Fact]
    public void Streams_and_memory_load_as_files_do()
    {
        using var model = new Net(seed: 5, Device.Default);
        model.Expand();
        model.Save(File);
        byte[] content = System.IO.File.ReadAllBytes(File);
        byte[] padded = [1, 2, .. content, 3];
        float[] sample = [.. Enumerable.Range(0, 8).Select(i => MathF.Sin(i))];
        float[] expected = [.. model.Outputs(sample)];

        foreach (Func<Net> load in new Func<Net>[]
        {
            () => ModelFile.Load<Net>(new MemoryStream(content), "net"),
            () => ModelFile.Load<Net>(new Unseekable(content), "net"),
            () => ModelFile.Load<Net>(content, "net"),
            () => ModelFile.Load<Net>(padded.AsMemory(2, content.Length), "net"),
        })
        {
            using Net loaded = load();
            Assert.Equal(expected, loaded.Outputs(sample));
        }

        foreach (Func<Predictor> load in new Func<Predictor>[]
        {
            () => PredictorFile.LoadPredictor<Net>(File),
            () => PredictorFile.LoadPredictor<Net>(new Unseekable(content), "net"),
            () => PredictorFile.LoadPredictor<Net>(content, "net"),
        })
        {
            using Predictor predictor = load();
            var outputs = new float[expected.Length];
            predictor.PredictOutputs(sample, outputs);
            Assert.Equal(expected, outputs);
        }
    }

    [Fact]
    public void What_is_wrong_with_memory_is_said_with_its_name()
    {
        Assert.StartsWith("net from memory", Assert.Throws<CheckpointFormatException>(() => ModelFile.Load<Net>(new byte[] { 1, 2, 3 }, "net from memory")).Message, StringComparison.Ordinal);
        var stream = new Unseekable([1, 2, 3]);
        Assert.StartsWith("net", Assert.Throws<CheckpointFormatException>(() => PredictorFile.LoadPredictor<Net>(stream, "net")).Message, StringComparison.Ordinal);
        Assert.False(stream.CanRead);
        using var other = new PlannedModel(Expansions.Plan("deal"));
        other.Save(File);
        Assert.Throws<CheckpointMismatchException>(() => PredictorFile.LoadPredictor<Net>(File));
        Assert.Throws<ObjectDisposedException>(Net.Last!.Expand);
    }

    private sealed class Unseekable(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void CopyTo(Stream destination, int bufferSize) => destination.Write(ToArray());
    }

    private sealed class Net : Model, IModel<Net>
    {
        public Net(long seed, Device device)
            : base(Declared, seed, device) => Last = this;

        public float[] Outputs(ReadOnlySpan<float> inputs)
        {
            var outputs = new float[inputs.Length / Declared.InputCount * Declared.OutputCount];
            ForwardBatch(inputs, outputs);
            return outputs;
        }

        public static Net? Last { get; private set; }

        static ModelPlan IModel<Net>.Plan => Declared;

        private static ModelPlan Declared { get; } = Expansions.Plan("random");

        static Net IModel<Net>.Create(long seed, Device device) => new(seed, device);
    }
}
