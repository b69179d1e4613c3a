using Fpe.Compute;
using Fpe.Compute.Cpu;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Runtime.Tests.Compute;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>A convolutional backbone under an expanded layer, trained together.</summary>
public class ImageTrainingTests
{
    private static readonly ModelPlan Plan = new("TestNet", Bars.Size * Bars.Size,
    [
        new Conv2dPlan("Edges", new ImageShape(1, Bars.Size, Bars.Size), Filters: 6, Kernel: 3, Padding: 1, Activation: ActivationFunction.Relu),
        new MaxPool2dPlan("Pool", new ImageShape(6, Bars.Size, Bars.Size), Kernel: 2, Stride: 2),
        new FlattenPlan("Features", new ImageShape(6, 4, 4)),
        new LinearPlan("Hidden", 96, 8, ActivationFunction.Relu) { Expansion = new ExpansionPlan(4) },
        new LinearPlan("Logits", 8, Bars.Classes),
    ]);

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(2)]
    public void Learns_to_tell_bars_apart(int? expandAfter)
    {
        using var model = new PlannedModel(Plan, seed: 1, Device.Default);
        Conv2d convolution = model.Layers.OfType<Conv2d>().Single();
        double[] before = convolution.ReadWeights();
        var options = new TrainingOptions { Epochs = 10, BatchSize = 32, ExpandAfter = expandAfter, Optimizer = new Adam(0.01) };
        new Trainer(options).Fit(model, Bars.Draw(600, seed: 1));

        Assert.Equal(Plan.ExpandedWeights, model.WeightCount);
        Assert.Equal(54, convolution.Weight.Count);
        Assert.All(before.Zip(convolution.ReadWeights()), pair => Assert.NotEqual(pair.First, pair.Second));
        double accuracy = Evaluator.Evaluate(model, Bars.Draw(300, seed: 2), Loss.SoftmaxCrossEntropy).Accuracy!.Value;
        Assert.True(accuracy > 0.95, $"accuracy {accuracy}");
    }

    [Fact]
    public void Expansion_leaves_the_backbone_as_it_was()
    {
        using var model = new PlannedModel(Plan, seed: 3, Device.Default);
        Conv2d convolution = model.Layers.OfType<Conv2d>().Single();
        (double[] weights, double[] biases) = (convolution.ReadWeights(), convolution.ReadBiases());
        model.Expand();
        Assert.Equal(weights, convolution.ReadWeights());
        Assert.Equal(biases, convolution.ReadBiases());
        Assert.Equal(Plan.DenseWeights - 54, model.Linears.Sum(layer => layer.Edges.EdgeCount));
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        double[] alone = Train(1);
        Assert.Equal(alone, Train(2));
        Assert.Equal(alone, Train(3));

        static double[] Train(int threads)
        {
            using var model = new PlannedModel(Plan, seed: 1, new CpuDevice(threads));
            new Trainer(new TrainingOptions { Epochs = 1, BatchSize = 200 }).Fit(model, Bars.Draw(400, seed: 1));
            return [.. model.Parameters.SelectMany(parameter => Slots.Read(parameter, parameter.Value))];
        }
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        using var model = new PlannedModel(Plan, seed: 1, Device.Default);
        using var run = new TrainingRun(model, Bars.Draw(100, seed: 1), new TrainingOptions { BatchSize = 24, MaximumGradientNorm = 1 });
        run.Expand();
        Assert.Equal(0, Allocations.Fewest(Epoch));

        void Epoch()
        {
            for (int step = 0; step < run.StepsPerEpoch; step++)
                run.Step(step);
        }
    }

    [Fact]
    public void Predictions_do_not_depend_on_the_batch_they_come_in()
    {
        using var model = new PlannedModel(Plan, seed: 1, Device.Default);
        model.Expand();
        Dataset images = Bars.Draw(70, seed: 4);
        float[] inputs = [.. Enumerable.Range(0, 70).SelectMany(s => images.Sample(s).ToArray())];
        float[] all = model.Outputs(inputs);
        for (int s = 0; s < 70; s += 23)
            Assert.Equal(all[(s * 3)..((s * 3) + 3)].Select(value => Math.Round(value, 4)), model.Outputs(images.Sample(s)).Select(value => Math.Round(value, 4)));
    }
}
