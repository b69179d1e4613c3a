using System.Runtime.InteropServices;
using Fpe.Compute;
using Fpe.Data;
using Fpe.EndToEnd.Tests.Support;
using Fpe.Expansion;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.EndToEnd.Tests;

/// <summary>Outputs, gradients and running statistics of every kind of layer against PyTorch's, which computes in double precision.</summary>
public class PyTorchStepTests
{
    private const double Tolerance = 1e-5;

    /// <summary>More than a vector has lanes, and no multiple of them.</summary>
    private const int Samples = 21;

    private static readonly Dictionary<string, ModelPlan> MorePlans = new()
    {
        ["norms and activations"] = Plans.Chain(
            8, countBiases: false,
            new LinearPlan("Stem", 8, 6) { Expansion = new ExpansionPlan(2, Share: 2) },
            new LayerNormPlan("Norm", 6),
            new ActivationPlan("Gelu", 6, ActivationFunction.Gelu),
            new LinearPlan("Branch", 6, 6, ActivationFunction.Sigmoid) { Expansion = new ExpansionPlan(2, Share: 2) },
            new AddPlan("Sum", 6) { From = ["Gelu", "Branch"] },
            new ActivationPlan("Relu", 6, ActivationFunction.Relu),
            new LinearPlan("Logits", 6, 4)),
        ["channels dropped with rate 0"] = Plans.Chain(
            8, countBiases: false,
            new Conv2dPlan("Edges", new ImageShape(2, 2, 2), Filters: 4, Kernel: 2, Padding: 1, Activation: ActivationFunction.Tanh),
            new Dropout2dPlan("Noise", new ImageShape(4, 3, 3), 0),
            new LinearPlan("Logits", 36, 4)),
    };

    /// <summary>Numbers that only we draw are left out, and biases that several children share, of which files hold copies.</summary>
    private static Dictionary<string, ModelPlan> Models => ((IEnumerable<string>)Expansions.Names)
        .Where(name => !name.StartsWith("drop connect", StringComparison.Ordinal) && !name.StartsWith("tied biases", StringComparison.Ordinal))
        .Select(name => KeyValuePair.Create(name, Expansions.Plan(name)))
        .Where(model => !model.Value.Layers.Any(layer => layer is DropoutPlan or Dropout2dPlan { Rate: > 0 }))
        .Concat(((IEnumerable<string>)TokenModels.Names).Select(name => KeyValuePair.Create(name, TokenModels.Plan(name))))
        .Concat(MorePlans).ToDictionary();

    [Fact]
    public void Every_kind_is_in_a_model()
    {
        Type[] compared = [typeof(DropoutPlan), .. Models.Values.SelectMany(plan => plan.Layers).Select(layer => layer.GetType()).Distinct()];
        Type[] all = [.. typeof(LayerPlan).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LayerPlan)) && !type.IsAbstract)];
        Assert.Equal(all.Select(type => type.Name).Order(), compared.Select(type => type.Name).Order());
    }

    [PyTorchFact]
    public void A_step_of_training_is_that_of_PyTorch()
    {
        using var folder = new TemporaryFolder();
        Dictionary<string, Numbers[]> ours = Models.ToDictionary(model => model.Key, model => Step(folder[model.Key], model.Value));
        PyTorch.Run("training_steps.py", folder.Path);
        Assert.Multiple([.. ours.Select(model => (Action)(() => Compare(model.Key, model.Value, Doubles(folder[model.Key + ".step"]))))]);
    }

    /// <summary>Writes a model that has learned a little, and what PyTorch needs to take a step with it.</summary>
    /// <returns>What our step gives, in the order in which PyTorch gives it.</returns>
    private static Numbers[] Step(string path, ModelPlan plan)
    {
        using var model = new PlannedModel(plan, seed: 3);
        float[] samples = TokenModels.SamplesOf(plan, Enumerable.Range(0, Samples * plan.InputCount).Select(i => MathF.Sin(i * i)));
        int[] labels = [.. Enumerable.Range(0, Samples).Select(s => s * s % plan.OutputCount)];
        Dataset data = Dataset.OfClasses("sines", plan.InputCount, samples, labels, plan.OutputCount);
        Train(model, data, epochs: 4, expandAfter: 2, learningRate: 0.1);

        Parameter[] parameters = [.. model.Parameters];
        model.Save(path + ".safetensors");
        File.WriteAllBytes(path + ".inputs", MemoryMarshal.AsBytes<float>(samples));
        File.WriteAllBytes(path + ".labels", MemoryMarshal.AsBytes<int>(labels));
        File.WriteAllLines(path + ".parameters", parameters.Select(parameter => parameter.Name));

        double[] outputs = Outputs(model, samples);
        double[][] before = [.. parameters.Select(parameter => Read(model, parameter))];
        double loss = Train(model, data, epochs: 1, expandAfter: null, learningRate: 1);
        IEnumerable<Numbers> learned = parameters.Zip(before).Select(pair =>
        {
            double[] after = Read(model, pair.First);
            return pair.First.Role == ParameterRole.Statistic
                ? new Numbers(pair.First.Name, "statistics", after)
                : new Numbers(pair.First.Name, "gradients", [.. pair.Second.Zip(after, (old, now) => old - now)]);
        });
        return [new("outputs", "outputs", outputs), new("loss", "loss", [loss]), .. learned, new("outputs after the step", "outputs", Outputs(model, samples))];
    }

    private static double Train(Model model, Dataset data, int epochs, int? expandAfter, double learningRate)
    {
        var options = new TrainingOptions { Epochs = epochs, ExpandAfter = expandAfter, BatchSize = Samples, Optimizer = new Sgd(learningRate) };
        return new Trainer(options).Fit(model, data).Epochs[^1].TrainLoss;
    }

    private static double[] Outputs(PlannedModel model, float[] samples) => [.. model.Outputs(samples).Select(value => (double)value)];

    /// <summary>The numbers of a parameter, with 0 where there is no edge.</summary>
    private static double[] Read(Model model, Parameter parameter)
    {
        if (parameter.IsWeight)
            return [.. model.Layers.OfType<EdgeLayer>().Single(layer => layer.Parameters.Contains(parameter)).ToDense().Select(value => (double)value)];
        var values = new double[parameter.Count];
        parameter.Value.Read(values);
        return values;
    }

    private static double[] Doubles(string path) => MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(path)).ToArray();

    /// <summary>Compares with the largest number of a kind: some gradients are 0 but for rounding.</summary>
    private static void Compare(string model, Numbers[] ours, double[] theirs)
    {
        Assert.Equal(theirs.Length, ours.Sum(numbers => numbers.Values.Length));
        int next = 0;
        foreach (Numbers numbers in ours)
        {
            double scale = ours.Where(other => other.Kind == numbers.Kind).Max(other => other.Values.Max(Math.Abs));
            Assert.True(scale > 1e-3, $"{model}: {numbers.Kind} up to {scale} say nothing");
            for (int i = 0; i < numbers.Values.Length; i++)
            {
                (double actual, double expected) = (numbers.Values[i], theirs[next++]);
                Assert.True(
                    Math.Abs(actual - expected) <= Tolerance * scale,
                    $"{model}, {numbers.Name}[{i}]: {actual}, in PyTorch {expected}; {numbers.Kind} are up to {scale}");
            }
        }
    }

    /// <summary>Numbers that a step gives.</summary>
    /// <param name="Name">What they are.</param>
    /// <param name="Kind">What they are compared with in size.</param>
    /// <param name="Values">The numbers.</param>
    private sealed record Numbers(string Name, string Kind, double[] Values);
}
