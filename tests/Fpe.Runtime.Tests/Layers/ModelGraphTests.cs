using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Runtime.Tests.Compute;

namespace Fpe.Runtime.Tests.Layers;

/// <summary>Models whose layers read other layers than the one before.</summary>
public sealed class ModelGraphTests
{
    public static TheoryData<string, LayerPlan[]> Broken => new()
    {
        { "TestNet.Sum: the layer does not name the values to read; name them in From.", [Hidden(), new AddPlan("Sum", 6)] },
        { "TestNet.Sum: the layer reads Hiden, but there is no such layer; name a layer before it, or (sample).", [Hidden(), new AddPlan("Sum", 6) { From = ["Hidden", "Hiden"] }] },
        { "TestNet.Sum: the layer reads Sum, which is the layer itself; read an earlier layer.", [Hidden(), new AddPlan("Sum", 6) { From = ["Hidden", "Sum"] }] },
        { "TestNet.Hidden: the layer reads Later, which is declared after it; read an earlier layer.", [Hidden() with { From = ["Later"] }, new LinearPlan("Later", 6, 6)] },
        { "TestNet.Sum: the layer reads 6 values, but gets 8 from (sample); make them equal.", [Hidden(), new AddPlan("Sum", 6) { From = ["Hidden", ModelPlan.Sample] }] },
        { "TestNet.Logits: the layer reads 1 values, but names 2; make them equal.", [Hidden(), new LinearPlan("Logits", 6, 3) { From = ["Hidden", "Hidden"] }] },
        { "TestNet.Both: the layer reads 2 values, but names 1; make them equal.", [Hidden(), new ConcatPlan("Both", [6, 6]) { From = ["Hidden"] }] },
        { "TestNet.Hidden: no layer reads this layer, and it is not the last; let a layer read it, or remove it.", [Hidden(), new LinearPlan("Direct", 8, 3) { From = [ModelPlan.Sample] }] },
        {
            "TestNet.Sum: the layer adds children of Hidden (factor 2, Share 1) and a value that is not expanded, which have different widths or orders; "
            + "give both the same factor and Share, or expand neither.",
            [Hidden(2), new LinearPlan("Other", 8, 6) { From = [ModelPlan.Sample] }, new AddPlan("Sum", 6) { From = ["Hidden", "Other"] }, new LinearPlan("Logits", 6, 3)]
        },
        {
            "TestNet.Sum: the layer adds children of Hidden (factor 2, Share 1) and children of Other (factor 2, Share 2), which have different widths or orders; "
            + "give both the same factor and Share, or expand neither.",
            [
                Hidden(2), new LinearPlan("Other", 8, 6) { From = [ModelPlan.Sample], Expansion = new ExpansionPlan(2, Share: 2) },
                new AddPlan("Sum", 6) { From = ["Hidden", "Other"] }, new LinearPlan("Logits", 6, 3),
            ]
        },
        {
            "TestNet.Hidden: the output layer cannot be expanded, because its neurons are the model's outputs; use factor 1.",
            [Hidden(2), new LinearPlan("Other", 6, 6), new LinearPlan("Third", 6, 3), new ConcatPlan("Both", [6, 3]) { From = ["Hidden", "Third"] }]
        },
        {
            "TestNet.Hidden: only a Linear layer can read an expanded layer, but Edges is not one; use factor 1.",
            [
                Hidden(2), new LayerNormPlan("Norm", 6), new Conv2dPlan("Edges", new ImageShape(1, 2, 3), Filters: 1, Kernel: 1),
                new ConcatPlan("Both", [6, 6]) { From = ["Edges", "Norm"] }, new LinearPlan("Logits", 12, 3),
            ]
        },
        { "Norm: epsilon 0 must be greater than 0 and finite.", [] },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_cannot_be_is_refused(string message, LayerPlan[] layers) => Assert.Equal(
        message, Assert.Throws<PlanException>(() => layers.Length == 0 ? (object)new LayerNormPlan("Norm", 6, 0) : new ModelPlan("TestNet", 8, layers)).Message);

    [Fact]
    public void Layers_compute_what_they_say()
    {
        using var model = new PlannedModel(Plans.Chain(
            3, countBiases: false,
            new ActivationPlan("Positive", 3, ActivationFunction.Relu),
            new AddPlan("Sum", 3) { From = ["Positive", ModelPlan.Sample, "Positive"] },
            new ConcatPlan("All", [3, 3]) { From = ["Sum", ModelPlan.Sample] },
            new LayerNormPlan("Norm", 6),
            new AddPlan("Out", 6) { From = ["Norm", "All"] }));

        double[] all = [3, -2, 6, 1, -2, 2];
        double mean = all.Average();
        double deviation = Math.Sqrt(all.Average(value => (value - mean) * (value - mean)) + 1e-5);
        float[] outputs = model.Outputs([1, -2, 2]);
        for (int i = 0; i < all.Length; i++)
            Assert.Equal(((all[i] - mean) / deviation) + all[i], outputs[i], 1e-5);
    }

    [Fact]
    public void Children_start_with_scale_and_shift_of_their_parent()
    {
        using var model = new PlannedModel(Plans.Chain(
            4, countBiases: false,
            new LinearPlan("Hidden", 4, 3) { Expansion = new ExpansionPlan(2, Share: 2) },
            new ConcatPlan("All", [4, 3]) { From = [ModelPlan.Sample, "Hidden"] },
            new LayerNormPlan("Norm", 7),
            new LinearPlan("Logits", 7, 2)));
        Parameter Scale() => ((LayerNorm)model.Layers[2]).Scale;
        Scale().Value.Write([1, 2, 3, 4, 5, 6, 7]);
        model.Expand();

        var scales = new float[10];
        Scale().Value.Read(scales);
        Assert.Equal([1, 2, 3, 4, 5, 6, 5, 6, 7, 7], scales);
        Assert.Equal((6 + 20 + 2, 3 + 14 + 2), (model.BiasCount, model.Plan.DenseBiases));
    }

    [Fact]
    public void A_summary_counts_every_parameter()
    {
        using var model = new PlannedModel(Plans.Chain(4, countBiases: false, new LinearPlan("Hidden", 4, 6), new LayerNormPlan("Norm", 6), new LinearPlan("Logits", 6, 2)));
        Assert.Equal(model.Parameters.Sum(parameter => parameter.Count), model.Summarize().Weights + model.Summarize().Biases);
    }

    [Fact]
    public void Predictions_are_normalised_by_what_training_has_seen()
    {
        float[] samples = [1, 5, 2, -1, 6, 0];
        using var model = new PlannedModel(Plans.Chain(2, countBiases: false, new BatchNormPlan("Norm", 2, Momentum: 0.5)), seed: 0, TestedDevices.Double);
        using Activations inputs = model.Device.AllocateActivations(2, 3);
        using var buffers = new PassBuffers(model, inputs, training: true);
        inputs.Write(samples, 3);
        for (int step = 0; step < 60; step++)
            model.Forward(buffers, new Pass(3, Training: true, Seed: 0, step));

        var trained = new double[6];
        buffers.Output.Read(trained, 3);
        float[] predicted = model.Outputs(samples);
        foreach (int unit in (int[])[0, 1])
        {
            double[] values = [samples[unit], samples[unit + 2], samples[unit + 4]];
            double mean = values.Average();
            double variance = values.Average(value => (value - mean) * (value - mean));
            for (int s = 0; s < 3; s++)
            {
                Assert.Equal((values[s] - mean) / Math.Sqrt(variance + 1e-5), trained[(2 * s) + unit], 1e-9);
                Assert.Equal((values[s] - mean) / Math.Sqrt((variance * 3 / 2) + 1e-5), predicted[(2 * s) + unit], 1e-5);
            }
        }
    }

    [Fact]
    public void Convolutions_that_read_no_children_are_not_pruned()
    {
        ModelPlan plan = Expansions.Plan("convolutions");
        Assert.Equal(["Edges", "Shapes", "Objects", "Hidden", "Logits"], plan.EdgeLayers.Select(layer => layer.Name));
        Assert.Equal((32 + 96 + 120 + 270 + 18, 32 + (96 * 2) + (120 * 3) + 270 + (18 * 2)), (plan.DenseWeights, plan.WeightsBeforePruning));
        Assert.Equal(["Hidden", "Logits"], Expansions.Plan("on a convolution").EdgeLayers.Select(layer => layer.Name));
        Assert.Equal(24 + 135 + 120 + (18 * 3), Expansions.Plan("on a convolution").WeightsBeforePruning);
    }

    [Fact]
    public void Convolutions_in_groups_are_pruned_only_with_children_of_their_own_or_to_read()
    {
        ModelPlan plan = Expansions.Plan("groups, expanded");
        Assert.Equal(["Edges", "Shapes", "Joined", "Logits"], plan.EdgeLayers.Select(layer => layer.Name));
        Assert.Equal((64 + 128 + 128 + 32 + 96, 64 + (128 * 2) + (128 * 3) + 32 + 96), (plan.DenseWeights, plan.WeightsBeforePruning));
        plan = Expansions.Plan("residual groups");
        Assert.Equal(["Stem", "Branch", "Side", "Depth", "Thirds", "Logits"], plan.EdgeLayers.Select(layer => layer.Name));
        Assert.Equal((32 + 72 + 16 + 16 + 48 + 120, 32 + (72 * 2) + 16 + (16 * 2) + (48 * 2) + 120), (plan.DenseWeights, plan.WeightsBeforePruning));
    }

    [Fact]
    public void Norms_do_not_decay()
    {
        using var model = new PlannedModel(Plans.Chain(4, countBiases: false, new LayerNormPlan("Norm", 4), new LinearPlan("Logits", 4, 2)));
        Assert.Equal([ParameterRole.Scale, ParameterRole.Shift, ParameterRole.Weight, ParameterRole.Bias], model.Parameters.Select(parameter => parameter.Role));
        Assert.Equal([false, false, true, false], model.Parameters.Select(parameter => parameter.IsWeight));
    }

    [Fact]
    public void Models_that_read_other_layers_are_not_the_same()
    {
        PlannedModel Model(string from) => new(Plans.Chain(
            4, countBiases: false,
            new LinearPlan("First", 4, 4),
            new LinearPlan("Second", 4, 4),
            new LinearPlan("Third", 4, 4) { From = [from] },
            new AddPlan("Sum", 4) { From = ["First", "Second", "Third"] }));
        using PlannedModel one = Model("First");
        using PlannedModel other = Model("Second");
        Assert.Throws<ArgumentException>(() => one.CopyTo(other));
        using PlannedModel same = Model("First");
        one.CopyTo(same);
        Assert.Equal(one.Outputs([1, 2, 3, 4]), same.Outputs([1, 2, 3, 4]));
    }

    private static LinearPlan Hidden(int factor = 1) =>
        new("Hidden", 8, 6, ActivationFunction.Relu) { Expansion = new ExpansionPlan(factor) };
}
