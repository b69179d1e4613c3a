using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Numerics;

namespace Fpe.Runtime.Tests.Layers;

/// <summary>Which layers compute their output gradient through the only layer that reads them, and that no bit depends on it.</summary>
public class ReaderTests
{
    private const int Batch = 20;

    [Fact]
    public void Gradients_through_a_reader_are_those_of_a_pass_that_keeps_them()
    {
        using var model = new PlannedModel(Plans.OneHidden(48, 16, 10, new ExpansionPlan(4, Share: 8)), seed: 3);
        model.Expand();
        Assert.Equal([true, false], Readers(model));
        Assert.Equal(Gradients(model, keeps: true), Gradients(model, keeps: false));
    }

    [Fact]
    public void Only_the_first_layer_that_learns_computes_through_its_reader()
    {
        LinearPlan first = new("First", 8, 6, ActivationFunction.Relu), second = new("Second", 6, 5), third = new("Third", 5, 4);
        using var model = new PlannedModel(Plans.Chain(8, false, first, second, third), seed: 3);
        Assert.Equal([true, false, false], Readers(model));
    }

    [Fact]
    public void A_reader_with_an_activation_computes_its_own_input_gradient()
    {
        LinearPlan first = new("First", 8, 6, ActivationFunction.Relu), second = new("Second", 6, 5, ActivationFunction.Tanh);
        using var model = new PlannedModel(Plans.Chain(8, false, first, second), seed: 3);
        Assert.Equal([false, false], Readers(model));
    }

    [Fact]
    public void A_layer_that_several_read_gets_its_gradient_from_them()
    {
        LinearPlan first = new("First", 8, 6, ActivationFunction.Relu);
        LinearPlan left = new("Left", 6, 6), right = new("Right", 6, 6) { From = ["First"] };
        using var model = new PlannedModel(
            new ModelPlan("TestNet", 8, [first, left, right, new AddPlan("Sum", 6) { From = ["Left", "Right"] }], countBiases: false), seed: 3);
        Assert.Equal([false, false, false, false], Readers(model));
    }

    [Fact]
    public void A_layer_with_a_backward_pass_of_its_own_neither_has_a_reader_nor_is_one()
    {
        using var first = new PlannedModel(Plans.Chain(8, false, new OwnPlan("First", 8, 6), new LinearPlan("Second", 6, 5)), seed: 3);
        Assert.Equal([false, false], Readers(first));
        using var second = new PlannedModel(Plans.Chain(8, false, new LinearPlan("First", 8, 6), new OwnPlan("Second", 6, 5)), seed: 3);
        Assert.Equal([false, false], Readers(second));
    }

    private static bool[] Readers(Model model)
    {
        using Activations samples = model.Device.AllocateActivations(model.Plan.InputCount, Batch);
        using var buffers = new PassBuffers(model, samples, training: true);
        return [.. Enumerable.Range(0, model.Layers.Count).Select(l => buffers[l].Reader is not null)];
    }

    private static double[] Gradients(Model model, bool keeps)
    {
        var random = new RandomStream(7, RandomPurpose.Synthesis);
        using Activations samples = model.Device.AllocateActivations(model.Plan.InputCount, Batch);
        samples.Write([.. Enumerable.Range(0, Batch * model.Plan.InputCount).Select(_ => random.NextSingle() - 0.5f)], Batch);
        using var buffers = new PassBuffers(model, samples, training: true);
        var pass = new Pass(Batch, Training: true, Seed: 5, Step: 0, KeepsGradients: keeps);
        model.Forward(buffers, pass);
        buffers.OutputGradient.Write([.. Enumerable.Range(0, Batch * model.Plan.OutputCount).Select(_ => random.NextSingle() - 0.5f)], Batch);
        model.Backward(buffers, pass);
        return [.. model.Parameters.SelectMany(parameter => Slots.Read(parameter, parameter.Gradient))];
    }

    private sealed record OwnPlan(string Name, int Inputs, int Neurons) : LinearPlan(Name, Inputs, Neurons)
    {
        protected internal override Layer Create(Device device, long seed, int index) => new Own(this, device, seed, index);
    }

    private sealed class Own(OwnPlan plan, Device device, long seed, int index) : Linear(plan, device, seed, index)
    {
        protected internal override void Backward(
            ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass) =>
            base.Backward(inputs, inputGradients, buffers, pass);
    }
}
