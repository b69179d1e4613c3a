using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Research.Reference;

namespace Fpe.Runtime.Tests.Layers;

public class ModelCopyTests
{
    private static readonly float[] Samples = [.. Enumerable.Range(0, 3 * 8).Select(i => MathF.Sin(i))];

    [Theory]
    [MemberData(nameof(Expansions.Names), MemberType = typeof(Expansions))]
    public void A_copy_predicts_the_same_and_is_independent(string name)
    {
        ModelPlan plan = Expansions.Plan(name);
        foreach (bool expand in new[] { false, true })
        {
            using var model = new PlannedModel(plan, seed: 1);
            using var copy = new PlannedModel(plan, seed: 2);
            if (expand && plan.IsExpanded)
                model.Expand();
            Assert.NotEqual(model.Outputs(Samples), copy.Outputs(Samples));

            model.CopyTo(copy);
            Assert.Equal(model.IsExpanded, copy.IsExpanded);
            Assert.Equal(model.Summarize().ToString(), copy.Summarize().ToString());
            float[] outputs = model.Outputs(Samples);
            Assert.Equal(outputs, copy.Outputs(Samples));

            foreach (Parameter parameter in model.Parameters)
                model.Device.Kernels.Fill(parameter.Value, 0);
            Assert.Equal(outputs, copy.Outputs(Samples));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_copy_may_live_on_another_device(bool expand)
    {
        using var model = new PlannedModel(Expansions.Plan("deep, mixed and shared"), seed: 1);
        using var copy = new PlannedModel(Expansions.Plan("deep, mixed and shared"), seed: 2, new ReferenceDevice(ElementType.Float64));
        if (expand)
            model.Expand();
        model.CopyTo(copy);
        Assert.Equal(model.Linears.SelectMany(layer => layer.ReadWeights()), copy.Linears.SelectMany(layer => layer.ReadWeights()));
        Assert.Equal(model.Linears.SelectMany(layer => layer.ReadBiases()), copy.Linears.SelectMany(layer => layer.ReadBiases()));
    }

    [Fact]
    public void A_dense_parent_goes_to_models_that_expand_otherwise()
    {
        using var parent = new PlannedModel(Expansions.Plan("random"), seed: 1);
        using var other = new PlannedModel(Plans.OneHidden(8, 6, 3, new ExpansionPlan(2, Share: 2)), seed: 1);
        parent.CopyTo(other);
        Assert.Equal(parent.Outputs(Samples), other.Outputs(Samples));
        other.Expand();
        Assert.Equal(12, other.Linears.First().OutputCount);
    }

    [Fact]
    public void Models_that_do_not_match_are_refused()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        using var wider = new PlannedModel(Plans.OneHidden(8, 7, 3, new ExpansionPlan(3)), seed: 1);
        using var deeper = new PlannedModel(Expansions.Plan("deep"), seed: 1);
        using var otherFunction = new PlannedModel(Plans.OneHidden(8, 6, 3, new ExpansionPlan(3), ActivationFunction.Tanh), seed: 1);
        using var otherExpansion = new PlannedModel(Plans.OneHidden(8, 6, 3, new ExpansionPlan(2)), seed: 1);
        Assert.Contains("Neurons = 6", Refused(wider), StringComparison.Ordinal);
        Assert.StartsWith("TestNet has 2 layers, but TestNet has 3.", Refused(deeper), StringComparison.Ordinal);
        Assert.Contains("Tanh", Refused(otherFunction), StringComparison.Ordinal);

        model.Expand();
        Assert.StartsWith("TestNet is expanded, but TestNet.Hidden plans another expansion; copy to a model of the same plan.", Refused(otherExpansion), StringComparison.Ordinal);
        using var expanded = new PlannedModel(Expansions.Plan("random"), seed: 2);
        expanded.Expand();
        Assert.Throws<InvalidOperationException>(() => model.CopyTo(expanded));

        string Refused(Model other) => Assert.Throws<ArgumentException>(() => model.CopyTo(other)).Message;
    }
}
