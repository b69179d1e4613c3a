using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Research.Controls;
using Fpe.Runtime.Tests.Compute;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Layers;

/// <summary>
/// Every layer and loss against central differences, in double precision, and the gradients of every device in single precision against
/// those.
/// </summary>
public class GradientTests
{
    private const int Samples = 5;
    private const double Step = 1e-6;
    private const double Tolerance = 1e-7;

    /// <summary>Of gradients in single precision, relative to the largest of their parameter.</summary>
    private const double SingleTolerance = 1e-4;

    /// <summary>Gradients that are 0, such as that of a bias under a batch norm, are sums of much larger terms, whose rounding is left.</summary>
    private const double Smallest = 1e-2;

    public static TheoryData<ActivationFunction> Activations => [.. Enum.GetValues<ActivationFunction>()];

    [Theory]
    [MemberData(nameof(Expansions.Names), MemberType = typeof(Expansions))]
    public void Expanded_layers_under_softmax_cross_entropy(string name) =>
        Check(Expansions.Plan(name), Loss.SoftmaxCrossEntropy);

    [Theory]
    [MemberData(nameof(Expansions.Names), MemberType = typeof(Expansions))]
    public void The_dense_parent_under_softmax_cross_entropy(string name) =>
        Check(Expansions.Plan(name), Loss.SoftmaxCrossEntropy, expand: false);

    [Theory]
    [MemberData(nameof(Expansions.Names), MemberType = typeof(Expansions))]
    public void Expanded_layers_under_sigmoid_cross_entropy(string name) =>
        Check(Expansions.Plan(name), Loss.SigmoidCrossEntropy);

    [Theory]
    [MemberData(nameof(Expansions.Names), MemberType = typeof(Expansions))]
    public void Expanded_layers_under_mean_squared_error(string name) =>
        Check(Expansions.Plan(name), Loss.MeanSquaredError);

    [Theory]
    [InlineData("random")]
    [InlineData("on a convolution")]
    public void Losses_with_weights_smoothing_and_focus(string name)
    {
        ModelPlan plan = Expansions.Plan(name);
        double[] weights = [.. Enumerable.Range(0, plan.OutputCount).Select(output => 0.5 + output)];
        foreach (double smoothing in new[] { 0, 0.2 })
        {
            foreach (double gamma in new[] { 0, 0.5, 2 })
            {
                Check(plan, new SoftmaxCrossEntropyLoss { LabelSmoothing = smoothing, FocalGamma = gamma }, weighting: new LossWeighting(weights, null));
                Check(plan, new SigmoidCrossEntropyLoss { LabelSmoothing = smoothing, FocalGamma = gamma }, weighting: new LossWeighting(null, weights));
            }
        }

        Check(plan, Loss.MeanSquaredError, weighting: new LossWeighting(weights, null));
    }

    [Theory]
    [MemberData(nameof(TokenModels.Names), MemberType = typeof(TokenModels))]
    public void Models_of_tokens_dense_and_expanded(string name)
    {
        Check(TokenModels.Plan(name), Loss.SoftmaxCrossEntropy, expand: false);
        Check(TokenModels.Plan(name), Loss.MeanSquaredError);
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Every_activation_dense_and_expanded(ActivationFunction activation)
    {
        Check(Plans.OneHidden(7, 5, 3, new ExpansionPlan(2), activation), Loss.SoftmaxCrossEntropy, expand: false);
        Check(Plans.OneHidden(7, 5, 3, new ExpansionPlan(2), activation), Loss.SoftmaxCrossEntropy);
        Check(OutputActivation(activation), Loss.MeanSquaredError);
    }

    [Fact]
    public void Dropout_between_expanded_layers()
    {
        ModelPlan plan = new("TestNet", 6,
        [
            new DropoutPlan("Thin", 6, 0.3),
            new LinearPlan("Hidden", 6, 8, ActivationFunction.Tanh) { Expansion = new ExpansionPlan(2) },
            new DropoutPlan("Drop", 8, 0.5),
            new LinearPlan("Logits", 8, 3),
        ]);
        Check(plan, Loss.SoftmaxCrossEntropy);
    }

    [Fact]
    public void A_wrong_gradient_would_be_noticed()
    {
        using PlannedModel model = Create(Expansions.Plan("random"), expand: true, TestedDevices.Double);
        using var loss = new LossOfModel(model, Loss.SoftmaxCrossEntropy);
        loss.ComputeGradients();
        Parameter bias = model.Parameters.First(parameter => !parameter.IsWeight);
        double[] gradient = Slots.Read(bias, bias.Gradient);
        gradient[0] += 1e-4;
        Assert.False(Agrees(gradient[0], loss.CentralDifference(bias, 0)));
    }

    private static ModelPlan OutputActivation(ActivationFunction activation) => Plans.Chain(
        4, countBiases: false,
        new LinearPlan("Hidden", 4, 4, ActivationFunction.Tanh) { Expansion = new ExpansionPlan(2) },
        new LinearPlan("Out", 4, 2, activation));

    private static PlannedModel Create(ModelPlan plan, bool expand, Device device)
    {
        var model = new PlannedModel(plan, seed: 11, device);
        if (expand && plan.IsExpanded)
            model.Expand();
        return model;
    }

    private static void Check(ModelPlan plan, Loss kind, bool expand = true, LossWeighting? weighting = null)
    {
        using PlannedModel model = Create(plan, expand, TestedDevices.Double);
        using var loss = new LossOfModel(model, kind, weighting);
        loss.ComputeGradients();
        foreach (Parameter parameter in model.Parameters)
        {
            double[] gradient = Slots.ReadGradient(parameter);
            for (int slot = 0; slot < gradient.Length; slot++)
            {
                if (!Slots.Exists(parameter, slot))
                {
                    Assert.Equal(0.0, gradient[slot]);
                    continue;
                }

                double expected = loss.CentralDifference(parameter, slot);
                Assert.True(Agrees(gradient[slot], expected), $"{parameter.Name}[{slot}]: gradient {gradient[slot]}, central difference {expected}");
            }
        }

        // DropConnect numbers weights in the order a device stores them, so its masks differ between devices.
        if (!plan.Layers.OfType<DropConnectPlan>().Any())
            CheckSingle(model, plan, kind, expand, weighting);
    }

    private static void CheckSingle(Model expected, ModelPlan plan, Loss kind, bool expand, LossWeighting? weighting)
    {
        foreach (Device device in TestedDevices.Single)
        {
            using PlannedModel model = Create(plan, expand, device);
            using var loss = new LossOfModel(model, kind, weighting);
            loss.ComputeGradients();
            foreach ((Parameter wanted, Parameter parameter) in expected.Parameters.Zip(model.Parameters))
            {
                double[] gradients = Slots.ReadGradient(wanted), actual = Slots.ReadGradient(parameter);
                double largest = gradients.Select(Math.Abs).Append(Smallest).Max();
                for (int slot = 0; slot < gradients.Length; slot++)
                {
                    Assert.True(
                        Math.Abs(gradients[slot] - actual[slot]) <= SingleTolerance * largest,
                        $"{parameter.Name}[{slot}] on {TestedDevices.Describe(device)}: gradient {actual[slot]}, not {gradients[slot]}");
                }
            }
        }
    }

    private static bool Agrees(double gradient, double expected) => Math.Abs(gradient - expected) <= Tolerance * Math.Max(1, Math.Abs(expected));

    /// <summary>The loss of a fixed batch as a function of the parameters, with the random numbers of one training step.</summary>
    private sealed class LossOfModel : IDisposable
    {
        private readonly Model model;
        private readonly Loss loss;
        private readonly DeviceDataset data;
        private readonly Batch batch;
        private readonly PassBuffers buffers;
        private readonly DeviceBuffer value;
        private readonly Pass pass = new(Samples, Training: true, Seed: 5, Step: 3);

        public LossOfModel(Model model, Loss loss, LossWeighting? weighting = null)
        {
            this.model = model;
            this.loss = loss;
            (int inputs, int outputs) = (model.Plan.InputCount, model.Plan.OutputCount);
            var random = new RandomStream(1, RandomPurpose.Synthesis);
            float[] features = TokenModels.SamplesOf(model.Plan, Enumerable.Range(0, Samples * inputs).Select(_ => (2 * random.NextSingle()) - 1));
            int[] labels = [.. Enumerable.Range(0, Samples).Select(_ => random.NextInt32(outputs))];
            var dataset = Dataset.OfClasses("random", inputs, features, labels, outputs);
            if (weighting is not null)
                dataset = dataset.WithWeights([1, 0.25f, 0, 2, 0.5f]);
            SampleWeights? weights = weighting?.For(dataset, loss, outputs);
            data = new DeviceDataset(dataset, model.Device, loss.UsesTargets, outputs, weights);
            batch = new Batch(model.Device, Samples, inputs, loss.UsesTargets ? outputs : null, weights);
            data.Gather(model.Device.Kernels, 0, batch);
            buffers = new PassBuffers(model, batch.Inputs, training: true);
            value = model.Device.Allocate(1);
        }

        public void ComputeGradients()
        {
            model.Forward(buffers, pass);
            loss.Compute(model.Device.Kernels, buffers.Output, batch, buffers.OutputGradient, value, slot: 0);
            model.Backward(buffers, pass);
        }

        public double CentralDifference(Parameter parameter, int slot)
        {
            double[] values = Slots.Read(parameter, parameter.Value);
            double original = values[slot];
            double above = Loss(parameter, values, slot, original + Step);
            double below = Loss(parameter, values, slot, original - Step);
            values[slot] = original;
            Slots.Write(parameter, values);
            return (above - below) / (2 * Step);
        }

        public void Dispose()
        {
            data.Dispose();
            batch.Dispose();
            buffers.Dispose();
            value.Dispose();
        }

        private double Loss(Parameter parameter, double[] values, int slot, double changed)
        {
            values[slot] = changed;
            Slots.Write(parameter, values);
            model.Forward(buffers, pass);
            loss.Compute(model.Device.Kernels, buffers.Output, batch, gradient: null, value, slot: 0);
            var result = new double[1];
            value.Read(result);
            return result[0];
        }
    }
}
