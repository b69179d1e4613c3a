using Fpe.Compute;
using Fpe.Counting;
using Fpe.Expansion;
using Fpe.Research.Reference;

namespace Fpe.Runtime.Tests.Layers;

public class Conv2dTests
{
    private static readonly Device Device = new ReferenceDevice(ElementType.Float64);

    private static readonly ModelPlan Plan = new("TestNet", 18,
    [
        new Conv2dPlan("Edges", new ImageShape(2, 3, 3), Filters: 4, Kernel: 3, Padding: 1, Activation: ActivationFunction.Gelu),
        new DropoutPlan("Noise", 36, 0.1),
        new MaxPool2dPlan("Pool", new ImageShape(4, 3, 3), Kernel: 2, Stride: 1),
        new FlattenPlan("Features", new ImageShape(4, 2, 2)),
        new DropoutPlan("Drop", 16, 0.1),
        new LinearPlan("Hidden", 16, 5, ActivationFunction.Relu) { Expansion = new ExpansionPlan(2) },
        new LinearPlan("Logits", 5, 3),
    ], countBiases: true);

    [Fact]
    public void Filters_are_counted_once_and_never_pruned()
    {
        LayerSize[] chain = [LayerSize.OfConvolution(2 * 9, 4), new(16, 5, 2, dealsOutgoing: false), new(5, 3, 1, dealsOutgoing: false)];
        WeightCounts weights = WeightCounts.Of(chain, countBiases: false);
        Assert.Equal((72 + 80 + 15, 72 + 80 + 30, 72 + 80 + 15), (weights.Dense, weights.BeforePruning, weights.Expanded));
        Assert.Equal((72, 95), (weights.BackboneWeights, weights.ExpandedLinearWeights));
        WeightCounts all = WeightCounts.Of(chain, countBiases: true);
        Assert.Equal((12, 17, 162, 90), (all.DenseBiases, all.ExpandedBiases, all.Expanded, all.ExpandedLinearWeights));
    }

    [Fact]
    public void Initial_values_are_uniform_within_the_root_of_the_fan_in()
    {
        ModelPlan plan = new("TestNet", 4 * 9,
            [new Conv2dPlan("Wide", new ImageShape(4, 3, 3), Filters: 400, Kernel: 2), new FlattenPlan("Flat", new ImageShape(400, 2, 2)), new LinearPlan("Logits", 1600, 2)]);
        using var model = new PlannedModel(plan, seed: 3, Device);
        var layer = (Conv2d)model.Layers[0];
        Assert.All(layer.ReadWeights(), weight => Assert.InRange(weight, -0.25, 0.25));
        Assert.All(layer.ReadBiases(), bias => Assert.InRange(bias, -0.25, 0.25));
        // The variance of a uniform number in ±b is b²/3.
        Assert.InRange(layer.ReadWeights().Average(weight => weight * weight), 0.95 * 0.0625 / 3, 1.05 * 0.0625 / 3);
        Assert.NotEqual(layer.ReadWeights()[0], layer.ReadBiases()[0]);
    }

    [Fact]
    public void Parameters_have_the_names_and_roles_PyTorch_would_give_them()
    {
        using var model = new PlannedModel(Plan, seed: 1, Device);
        Assert.Equal(
            [("edges.weight", true, 72), ("edges.bias", false, 4), ("hidden.weight", true, 80), ("hidden.bias", false, 5), ("logits.weight", true, 15), ("logits.bias", false, 3)],
            model.Parameters.Select(parameter => (parameter.Name, parameter.IsWeight, parameter.Count)));
    }

    [Fact]
    public void Flatten_hands_on_what_it_reads()
    {
        using var model = new PlannedModel(Plan, seed: 1, Device);
        using Activations images = Device.AllocateActivations(18, 1);
        using var buffers = new PassBuffers(model, images, training: true);
        Assert.Same(buffers[2], buffers[3]);
    }

    [Fact]
    public void A_model_may_flatten_its_samples_first()
    {
        ModelPlan plan = new("TestNet", 18,
            [new FlattenPlan("Pixels", new ImageShape(2, 3, 3)), new LinearPlan("Hidden", 18, 5) { Expansion = new ExpansionPlan(2) }, new LinearPlan("Logits", 5, 3)]);
        using var model = new PlannedModel(plan, seed: 1, Device);
        model.Expand();
        using Activations images = Device.AllocateActivations(18, 1);
        using var buffers = new PassBuffers(model, images, training: true);
        model.Forward(buffers, Pass.Predicting(1));
        model.Backward(buffers, Pass.Predicting(1));
        Assert.Equal(plan.DenseWeights, model.WeightCount);
    }

    [Fact]
    public void The_summary_shows_images()
    {
        using var model = new PlannedModel(Plan, seed: 1, Device);
        model.Expand();
        ModelSummary summary = model.Summarize();
        LayerSummary edges = summary.Layers[0];
        Assert.Equal(("Conv2d, Gelu", "2 × 3 × 3 → 4 × 3 × 3", 72, 72, 0, 4), (edges.Kind, edges.Shape, edges.DenseWeights, edges.Weights, edges.PrunedWeights, edges.Biases));
        Assert.Equal((1.0, 72 * 9), (edges.Density, edges.MultiplyAdds));
        Assert.Equal(("MaxPool2d", "4 × 3 × 3 → 4 × 2 × 2"), (summary.Layers[2].Kind, summary.Layers[2].Shape));
        Assert.Equal(("Flatten", "4 × 2 × 2 → 16"), (summary.Layers[3].Kind, summary.Layers[3].Shape));
        Assert.Equal((167, 182, 162), (summary.DenseWeights, summary.WeightsBeforePruning, summary.Weights));
    }

    [Theory]
    [InlineData("groups, expanded")]
    [InlineData("groups, shared and dealt")]
    [InlineData("residual groups")]
    [InlineData("places in groups, expanded")]
    public void An_expanded_convolution_in_groups_is_one_in_as_many_groups(string name)
    {
        ModelPlan plan = Expansions.Plan(name);
        using var model = new PlannedModel(plan, seed: 4, Device);
        model.Expand();
        Convolution[] grouped = [.. model.Layers.OfType<Convolution>().Where(layer => layer.Plan.Groups > 1 && layer.Weight.Edges is not null)];
        Assert.NotEmpty(grouped);
        foreach (Convolution layer in grouped)
        {
            Conv2dShape shape = layer.Shape;
            Assert.Equal(layer.Plan.Groups, shape.Groups);
            Assert.Equal((shape.Filters, shape.FanIn), (layer.Edges.OutputCount, layer.Edges.InputCount));
            float[] matrix = layer.ToDense();
            Assert.Equal(layer.Edges.EdgeCount, matrix.Count(weight => weight != 0));

            // The layer's kernels over edges, and those of a convolution in groups over the matrix.
            double[] image = [.. Enumerable.Range(0, shape.Input.Count).Select(i => Math.Sin(i + 1))];
            using LayerBuffers inputs = new(Device.AllocateActivations(shape.Input.Count, 1)), outputs = layer.Allocate([inputs], training: false);
            using Activations y = Device.AllocateActivations(shape.Output.Count, 1);
            inputs.Output.Write(image, 1);
            using DeviceBuffer filters = Device.Allocate(matrix.Length), bias = Device.Allocate(shape.Filters);
            filters.Write([.. matrix.Select(weight => (double)weight)]);
            bias.Write(layer.ReadBiases());
            Device.Kernels.Conv2dForward(shape, filters, bias, layer.Plan.Activation, inputs.Output, null, y, 1);
            var expected = new double[shape.Output.Count];
            y.Read(expected, 1);

            layer.Forward([inputs.Output], outputs, Pass.Predicting(1));
            var computed = new double[shape.Output.Count];
            outputs.Output.Read(computed, 1);
            Assert.All(expected.Zip(computed), value => Assert.Equal(value.First, value.Second, 1e-6));
        }
    }
}
