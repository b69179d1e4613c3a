using System.Reflection;
using Fpe.Checkpoints;
using Fpe.Files;
using Fpe.Generators.Tests.Support;
using Fpe.Quantization;

namespace Fpe.Generators.Tests.Embedding;

/// <summary>What the runtime saves, the compiler accepts and the emitted class loads.</summary>
public sealed class EmbeddedModelTests
{
    private const string Name = "models/net.safetensors";

    private const string Source = """
        #pragma warning disable CS1591
        using Fpe;
        [Model(6)]
        public sealed partial class Net
        {
            [Linear(4), Relu, Expand(2)]
            public partial Linear Hidden { get; }
            [Linear(3)]
            public partial Linear Logits { get; }
            public static float[] ForwardOf(Model model, float[] sample) => ((Net)model).Forward(sample);
        }
        """;

    private static readonly float[] Sample = [0.5f, -1, 2, 0.25f, -0.75f, 1];

    [Theory]
    [InlineData(false, WeightForm.Sparse)]
    [InlineData(true, WeightForm.Sparse)]
    [InlineData(true, WeightForm.Dense)]
    public void A_saved_model_is_loaded_from_the_assembly(bool isExpanded, WeightForm form)
    {
        using global::Fpe.Model model = Create(isExpanded, seed: 3);
        (byte[] file, string manifest) = EmittedAssembly.Save(model, form);
        Type net = Compile(manifest, file);

        using var loaded = (global::Fpe.Model)Call(net, "LoadEmbedded");
        Assert.Equal(isExpanded, loaded.IsExpanded);
        Assert.Equal(Outputs(model), Outputs(loaded));
        using var predictor = (Predictor)Call(net, "LoadEmbeddedPredictor");
        Assert.Equal(Outputs(model).Index().MaxBy(output => output.Item).Index, predictor.Predict(Sample));
    }

    [Fact]
    public void A_model_of_another_training_is_refused_with_both_checksums()
    {
        using global::Fpe.Model one = Create(isExpanded: true, seed: 3), other = Create(isExpanded: true, seed: 4);
        (byte[] file, string manifest) = EmittedAssembly.Save(one);
        string expected = ChecksumOf(EmittedAssembly.Save(other).Manifest);
        CheckpointMismatchException refused = Assert.Throws<CheckpointMismatchException>(() => Call(Compile(EmittedAssembly.Save(other).Manifest, file), "LoadEmbedded"));
        Assert.Equal(
            $"models/net.safetensors in Samples: its checksum is {ChecksumOf(manifest)}, but {expected} in the manifest that the compiler read; "
            + "write the manifest of this file with Net.WriteManifest, and build again.",
            refused.Message);
    }

    [Fact]
    public void A_network_of_8_bits_is_loaded_to_predict_only()
    {
        using global::Fpe.Model model = Create(isExpanded: true, seed: 3);
        using Predictor small = model.Quantize([.. Sample, .. Sample.Select(value => -value)]);
        (byte[] file, string manifest) = EmittedAssembly.Save(path => small.Save(path, manifest: true));
        Assert.Contains("\nexpanded = true\nformat = Int8\n", manifest, StringComparison.Ordinal);
        Type net = Compile(manifest, file);
        Assert.Null(net.GetMethod("LoadEmbedded"));
        using var loaded = (Predictor)Call(net, "LoadEmbeddedPredictor");
        float[] expected = new float[3], actual = new float[3];
        small.PredictOutputs(Sample, expected);
        loaded.PredictOutputs(Sample, actual);
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_manifest_of_a_file_can_be_written_later(bool isQuantized)
    {
        using global::Fpe.Model model = Create(isExpanded: true, seed: 3);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");
        try
        {
            string file = Path.Combine(folder.FullName, "net.safetensors");
            using Predictor saved = isQuantized ? model.Quantize([.. Sample, .. Sample.Select(value => -value)]) : model.ToPredictor();
            saved.Save(file, manifest: true);
            string manifest = File.ReadAllText(file + ".manifest");
            File.Delete(file + ".manifest");
            MethodInfo write = typeof(PredictorFile).GetMethods().Single(method => method.Name == "WriteManifest" && method.IsGenericMethodDefinition);
            write.MakeGenericMethod(model.GetType()).Invoke(null, [file]);
            Assert.Equal(manifest, File.ReadAllText(file + ".manifest"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_damaged_model_is_refused()
    {
        using global::Fpe.Model model = Create(isExpanded: true, seed: 3);
        (byte[] file, string manifest) = EmittedAssembly.Save(model);
        file[^1] ^= 1;
        Assert.Throws<CheckpointFormatException>(() => Call(Compile(manifest, file), "LoadEmbedded"));
    }

    [Fact]
    public void A_model_that_is_not_there_is_missed_by_name()
    {
        using global::Fpe.Model model = Create(isExpanded: true, seed: 3);
        FileAccessException missing = Assert.Throws<FileAccessException>(() => Call(Compile(EmittedAssembly.Save(model).Manifest, file: null), "LoadEmbedded"));
        Assert.Equal("models/net.safetensors in Samples cannot be read: there is no such resource; name the model file as an item FpeModel of the project.", missing.Message);
    }

    private static global::Fpe.Model Create(bool isExpanded, long seed)
    {
        var model = (global::Fpe.Model)Activator.CreateInstance(new EmittedAssembly(TestProject.Generate(TestProject.Compile(Source))).Models.Single(), seed)!;
        if (isExpanded)
            model.Expand();
        return model;
    }

    private static Type Compile(string manifest, byte[]? file)
    {
        GeneratedProject project = TestProject.Generate(TestProject.Compile(Source), AdditionalFile.Embedded(Name, manifest));
        Assert.Empty(project.Result.Diagnostics);
        return new EmittedAssembly(project, file is null ? [] : [(Name, file)]).Models.Single();
    }

    private static object Call(Type net, string method)
    {
        try
        {
            return net.GetMethod(method)!.Invoke(null, [null])!;
        }
        catch (TargetInvocationException error)
        {
            throw error.InnerException!;
        }
    }

    private static float[] Outputs(global::Fpe.Model model) =>
        (float[])model.GetType().GetMethod("ForwardOf")!.Invoke(null, [model, Sample])!;

    private static string ChecksumOf(string manifest) => manifest.Split("checksum = ")[1][..8];
}
