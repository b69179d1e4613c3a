using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Research.Controls;
using Fpe.Research.Reference;
using Fpe.Runtime.Tests.Layers;
using Fpe.Runtime.Tests.Training;
using Fpe.Training;

namespace Fpe.Research.Tests.Controls;

public class DropConnectTests
{
    private const double Rate = 0.75;

    private static readonly float[] Samples = [.. Enumerable.Range(0, 80).Select(i => MathF.Sin(i))];

    private static readonly ModelPlan Plan = Plans.Chain(40, false, new DropConnectPlan("Out", 40, 30, Rate));

    [Fact]
    public void A_step_uses_some_weights_scaled_and_predictions_use_all()
    {
        using var model = new PlannedModel(Plan, seed: 1, new ReferenceDevice(ElementType.Float64));
        Linear layer = model.Linears.First();
        double[] weights = layer.ReadWeights(), biases = layer.ReadBiases();
        double[] first = EffectiveWeights(model, new Pass(40, Training: true, Seed: 5, Step: 0));
        double[] second = EffectiveWeights(model, new Pass(40, Training: true, Seed: 5, Step: 1));

        for (int i = 0; i < weights.Length; i++)
            Assert.True(Math.Abs(first[i]) < 1e-12 || Math.Abs(first[i] - (weights[i] / (1 - Rate))) < 1e-12);
        Assert.InRange(first.Count(weight => Math.Abs(weight) > 1e-12), 240, 360);
        Assert.NotEqual(first.Select(weight => weight == 0), second.Select(weight => weight == 0));
        Assert.Equal(weights, EffectiveWeights(model, Pass.Predicting(40)), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(biases, layer.ReadBiases());
    }

    // On this device slot e is element e of the buffer.
    [Fact]
    public void Weight_e_is_dropped_where_random_number_e_is_below_the_rate()
    {
        using var model = new PlannedModel(Plan, seed: 1, new ReferenceDevice(ElementType.Float64));
        var pass = new Pass(40, Training: true, Seed: 5, Step: 3);
        double[] weights = EffectiveWeights(model, pass);
        ulong stream = pass.StreamOf(RandomPurpose.DropConnect, layer: 0);
        Assert.Equal(
            Enumerable.Range(0, 1200).Select(e => Philox.Uniform(Philox.Word(5, stream, (ulong)e)) < Rate), weights.Select(weight => Math.Abs(weight) < 1e-12));
    }

    [Fact]
    public void A_file_of_a_model_with_DropConnect_is_that_of_a_model_without()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        string file = Path.Combine(folder, "dropped.safetensors"), other = Path.Combine(folder, "plain.safetensors");
        try
        {
            ModelPlan plan = DenseControl.DropConnect(Plans.OneHidden(40, 8, 3, new ExpansionPlan(2)));
            using var dropped = new PlannedModel(plan, seed: 1);
            dropped.Save(file);
            using var plain = new PlannedModel(Plans.Chain(40, false, [.. plan.Linears.Select(layer => new LinearPlan(layer.Name, layer.Inputs, layer.Neurons, layer.Activation))]), seed: 2);
            plain.LoadWeights(file);
            Assert.Equal(dropped.Outputs(Samples), plain.Outputs(Samples));

            plain.Save(other);
            using var back = new PlannedModel(plan, seed: 3);
            back.LoadWeights(other);
            Assert.Equal(dropped.Outputs(Samples), back.Outputs(Samples));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Dropped_weights_have_no_gradient()
    {
        using var model = new PlannedModel(Plan, seed: 1);
        using var run = new TrainingRun(model, TrainingData.Directions(40, 40, 30), new TrainingOptions { BatchSize = 40 });
        run.Step(0);
        Parameter weight = model.Linears.First().Weight;
        Assert.InRange(Slots.Read(weight, weight.Gradient).Count(gradient => gradient != 0), 240, 360);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_probability_out_of_range_is_refused(double rate)
    {
        var error = Assert.Throws<PlanException>(() => new DropConnectPlan("Hidden", 2, 2, rate));
        Assert.Equal(FormattableString.Invariant($"Hidden: the probability of DropConnect, {rate}, must be at least 0 and less than 1."), error.Message);
    }

    /// <summary>W as the outputs for unit vectors, without the biases.</summary>
    private static double[] EffectiveWeights(PlannedModel model, Pass pass)
    {
        double[] biases = model.Linears.First().ReadBiases();
        using Activations units = model.Device.AllocateActivations(40, 40);
        units.Write([.. Enumerable.Range(0, 1600).Select(i => i % 41 == 0 ? 1f : 0f)], 40);
        using var buffers = new PassBuffers(model, units, training: false);
        model.Forward(buffers, pass);
        var outputs = new double[40 * 30];
        buffers.Output.Read(outputs, 40);
        return [.. Enumerable.Range(0, 1200).Select(i => outputs[(i % 40 * 30) + (i / 40)] - biases[i / 40])];
    }
}
