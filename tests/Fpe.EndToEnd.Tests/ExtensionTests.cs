using Fpe.Compute;
using Fpe.Data;
using Fpe.EndToEnd.Tests.Support;
using Fpe.Expansion;
using Fpe.Training;

namespace Fpe.EndToEnd.Tests;

/// <summary>What a program can add without being part of the library: a layer, a loss, an optimizer and a schedule.</summary>
public sealed class ExtensionTests
{
    [Fact]
    public void A_layer_of_a_program_is_expanded_counted_trained_and_saved()
    {
        ModelPlan plan = PlanWith(new GainPlan("Gain", 8));
        Assert.Equal((8 * 4 + 8 * 2, 8 + 8 + 2, 2 * (8 + 8) + 2), (plan.DenseWeights, plan.DenseBiases, plan.ExpandedBiases));

        using var model = new PlannedModel(plan);
        var options = new TrainingOptions
        {
            Epochs = 4,
            BatchSize = 5,
            ExpandAfter = 1,
            Loss = new OwnLoss(),
            Optimizer = new SlowSgd(0.2),
            Schedule = new HalvingSchedule(),
        };
        Dataset data = Dataset.OfClasses("corners", 4, [.. Enumerable.Range(0, 80).Select(i => MathF.Sin(i * i))], [.. Enumerable.Range(0, 20).Select(s => s % 2)], 2);
        TrainingResult result = new Trainer(options).Fit(model, data);
        Assert.Equal(16, model.Layers[1].OutputCount);
        Assert.True(result.Epochs[^1].TrainLoss < result.Epochs[0].TrainLoss);

        using var folder = new TemporaryFolder();
        string file = folder["model.safetensors"];
        model.Save(file);
        using var loaded = new PlannedModel(plan);
        loaded.LoadWeights(file);
        var (expected, actual) = (new float[2], new float[2]);
        model.Forward([1, -1, 0.5f, 2], expected);
        loaded.Forward([1, -1, 0.5f, 2], actual);
        Assert.Equal(expected, actual);
        Assert.Contains("gain.factors", model.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void A_layer_that_forgets_a_parameter_of_its_plan_is_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new PlannedModel(PlanWith(new ForgetfulPlan("Gain", 8))));
        Assert.Equal(
            "TestNet.Gain has the parameters [], but its plan declares [gain.factors: Scale, 8]; make Nothing and ForgetfulPlan agree.", error.Message);
    }

    private static ModelPlan PlanWith(LayerPlan middle) => new(
        "TestNet", 4, [new LinearPlan("Hidden", 4, 8, ActivationFunction.Tanh) { Expansion = new ExpansionPlan(2) }, middle, new LinearPlan("Logits", 8, 2)]);

    /// <summary>Multiplies every value by a factor that is learned, one for each unit.</summary>
    private sealed record GainPlan(string Name, int Width) : LayerPlan(Name, Width, Width)
    {
        protected override IReadOnlyList<ParameterPlan> Parameters => [new("factors", ParameterRole.Scale, Width)];

        protected override OutputUnits OutputUnits => OutputUnits.OfInput;

        protected override Layer Create(Device device, long seed, int index) => new Gain(this, device);

        protected override LayerPlan WithInputs(IReadOnlyList<int> widths) => new GainPlan(Name, widths[0]);

        protected override void Describe(IPlanFields fields) => fields.Add("kind", nameof(Gain));
    }

    private sealed class Gain : Layer
    {
        private readonly float[] values = new float[1 << 12];
        private readonly float[] gradients = new float[1 << 12];
        private Parameter factors;

        public Gain(GainPlan plan, Device device)
            : base(plan, device) => factors = Store([.. Enumerable.Repeat(1.0, plan.Width)]);

        public override int InputCount => factors.Count;

        public override int OutputCount => factors.Count;

        public override IReadOnlyList<Parameter> Parameters => [factors];

        protected override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs)
        {
            if (inputs[0].Count != factors.Count)
            {
                double[] copies = factors.ReadFor(inputs[0]);
                factors.Free();
                factors = Store(copies);
            }

            return inputs[0];
        }

        protected override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass)
        {
            float[] own = ReadFactors();
            Span<float> batch = values.AsSpan(0, pass.Batch * OutputCount);
            inputs[0].Read(batch, pass.Batch);
            for (int i = 0; i < batch.Length; i++)
                batch[i] *= own[i % own.Length];
            buffers.Output.Write(batch, pass.Batch);
        }

        protected override void Backward(
            ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
        {
            float[] own = ReadFactors();
            Span<float> batch = values.AsSpan(0, pass.Batch * OutputCount);
            Span<float> gradient = gradients.AsSpan(0, batch.Length);
            inputs[0].Read(batch, pass.Batch);
            buffers.OutputGradient.Read(gradient, pass.Batch);
            var sums = new float[own.Length];
            for (int i = 0; i < batch.Length; i++)
            {
                sums[i % own.Length] += gradient[i] * batch[i];
                gradient[i] *= own[i % own.Length];
            }

            factors.Gradient.Write(sums);
            inputGradients[0]?.Write(gradient, pass.Batch);
        }

        protected override void Free() => factors.Free();

        private float[] ReadFactors()
        {
            var own = new float[factors.Count];
            factors.Value.Read(own);
            return own;
        }

        private Parameter Store(double[] own)
        {
            var parameter = new Parameter(ParameterName("factors"), ParameterRole.Scale, own.Length, Device);
            parameter.Value.Write(own);
            return parameter;
        }
    }

    private sealed record ForgetfulPlan(string Name, int Width) : LayerPlan(Name, Width, Width)
    {
        protected override IReadOnlyList<ParameterPlan> Parameters => [new("factors", ParameterRole.Scale, Width)];

        protected override OutputUnits OutputUnits => OutputUnits.OfInput;

        protected override Layer Create(Device device, long seed, int index) => new Nothing(this, device);

        protected override LayerPlan WithInputs(IReadOnlyList<int> widths) => new ForgetfulPlan(Name, widths[0]);

        protected override void Describe(IPlanFields fields) => fields.Add("kind", nameof(Nothing));
    }

    private sealed class Nothing(LayerPlan plan, Device device) : Layer(plan, device)
    {
        public override int InputCount => Plan.Inputs;

        public override int OutputCount => Plan.Outputs;

        public override IReadOnlyList<Parameter> Parameters => [];

        protected override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs) => inputs[0];

        protected override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass)
        {
        }

        protected override void Backward(
            ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
        {
        }
    }

    private sealed class OwnLoss : Loss
    {
        public override string Name => "own loss";

        protected override bool UsesTargets => false;

        protected override void Compute(IKernels kernels, Activations outputs, Batch batch, Activations? gradient, DeviceBuffer losses, int slot) =>
            kernels.SoftmaxCrossEntropy(outputs, batch.Labels!, gradient, losses, slot, batch.Count);

        protected override void CountCorrect(IKernels kernels, Activations outputs, Batch batch, DeviceBuffer counts, int slot) =>
            kernels.CountCorrectClasses(outputs, batch.Labels!, counts, slot, batch.Count);
    }

    private sealed record SlowSgd(double Rate) : Optimizer(Rate)
    {
        protected override int BuffersPerParameter => 0;

        protected override void Update(IKernels kernels, Parameter parameter, DeviceBuffer[] state, double learningRate, long step) =>
            kernels.SgdStep(parameter.Value, parameter.Gradient, velocity: null, new SgdConstants(learningRate / 2, 0, Nesterov: false, 0));
    }

    private sealed record HalvingSchedule : LearningRateSchedule
    {
        protected override double FactorAfterWarmUp(long step, int stepsPerEpoch, int epochs) => Math.Pow(0.5, step / stepsPerEpoch);
    }
}
