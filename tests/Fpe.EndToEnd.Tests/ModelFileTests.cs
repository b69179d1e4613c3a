using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Data;
using Fpe.EndToEnd.Tests.Support;
using Fpe.Expansion;
using Fpe.Training;
using Samples.Digits;

namespace Fpe.EndToEnd.Tests;

/// <summary>Models of generated classes in files, here and in PyTorch.</summary>
public class ModelFileTests
{
    private const double Tolerance = 1e-5;

    private static readonly Dataset Digits =
        CsvClasses.Read(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv.gz"), featureCount: 64, classCount: 10, scale: 1 / 16f);

    [Fact]
    public void A_generated_class_loads_itself()
    {
        using var folder = new TemporaryFolder();
        using DigitsNet model = Trained<DigitsNet>();
        model.Save(folder["digits.safetensors"]);

        using DigitsNet loaded = DigitsNet.Load(folder["digits.safetensors"]);
        Assert.Equal((DigitsNet.ExpandedWeights, DigitsNet.ExpandedBiases, model.Seed), (loaded.WeightCount, loaded.BiasCount, loaded.Seed));
        float[] samples = TestSamples();
        Assert.Equal(model.Forward(samples), loaded.Forward(samples));
    }

    [Fact]
    public void A_file_of_another_class_is_one_line()
    {
        using var folder = new TemporaryFolder();
        using var model = new DigitsNet();
        model.Save(folder["digits.safetensors"]);
        var error = Assert.Throws<CheckpointMismatchException>(() => DigitsNet8x2.Load(folder["digits.safetensors"]));
        Assert.Equal($"{folder["digits.safetensors"]}: DigitsNet8x2.denseWeights is 296 in the file, but 592 in the model; load it into the model that was saved.", error.Message);
    }

    [PyTorchFact]
    public void PyTorch_computes_the_same_from_both_forms()
    {
        RequireSameLogits<DigitsNet>((model, samples) => model.Forward(samples));
        RequireSameLogits<DigitsDealNet>((model, samples) => model.Forward(samples));
        RequireSameLogits<DigitsPatchNet>((model, samples) => model.Forward(samples));
    }

    [PyTorchFact]
    public void PyTorch_computes_the_same_from_lists_of_columns()
    {
        using var folder = new TemporaryFolder();
        var plan = new ModelPlan("WideNet", 64,
        [
            new LinearPlan("First", 64, 8, ActivationFunction.Relu) { Expansion = new ExpansionPlan(32, Share: 4, Outgoing: Outgoing.Deal) },
            new LinearPlan("Second", 8, 64, ActivationFunction.Tanh) { Expansion = new ExpansionPlan(8, Outgoing: Outgoing.Deal) },
            new LinearPlan("Logits", 64, 10),
        ]);
        using var model = new PlannedModel(plan, seed: 3);
        model.Expand();
        float[] samples = TestSamples();
        var expected = new float[samples.Length / 64 * 10];
        model.Forward(samples, expected);
        foreach (WeightForm form in Enum.GetValues<WeightForm>())
        {
            model.Save(folder["model.safetensors"], form);
            AssertClose(expected, PyTorch.Compute("logits", folder["model.safetensors"], samples));
        }
    }

    [PyTorchFact]
    public void A_dense_parent_of_PyTorch_is_loaded()
    {
        using var folder = new TemporaryFolder();
        float[] samples = TestSamples();
        float[] expected = PyTorch.Compute("create", folder["dense.safetensors"], samples);
        using DigitsNet model = DigitsNet.Load(folder["dense.safetensors"]);
        AssertClose(expected, model.Forward(samples));
        model.Expand();
        Assert.Equal(DigitsNet.ExpandedWeights, model.WeightCount);
    }

    private static void RequireSameLogits<TModel>(Func<TModel, float[], float[]> forward)
        where TModel : Model, IModel<TModel>
    {
        using var folder = new TemporaryFolder();
        using TModel model = Trained<TModel>();
        float[] samples = TestSamples();
        float[] expected = forward(model, samples);
        foreach (WeightForm form in Enum.GetValues<WeightForm>())
        {
            model.Save(folder["model.safetensors"], form);
            AssertClose(expected, PyTorch.Compute("logits", folder["model.safetensors"], samples));
        }
    }

    private static TModel Trained<TModel>()
        where TModel : Model, IModel<TModel>
    {
        TModel model = TModel.Create(seed: 3, Device.Default);
        new Trainer(new TrainingOptions { Epochs = 2 }).Fit(model, Digits);
        return model;
    }

    private static float[] TestSamples() => [.. Enumerable.Range(0, 20).SelectMany(sample => Digits.Sample(sample).ToArray())];

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - Tolerance, pair.First + Tolerance));
    }
}
