using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fpe.Torch.Tests;

public class TorchModulesTests
{
    private static readonly float[] Samples = [.. Enumerable.Range(0, 24).Select(i => MathF.Sin(i))];

    [Fact]
    public void A_chain_becomes_a_dense_parent_that_computes_the_same()
    {
        using Sequential chain = nn.Sequential(nn.Linear(8, 6), nn.GELU(), nn.Dropout(0.5), nn.Linear(6, 5, hasBias: false), nn.Softplus(), nn.Linear(5, 3));
        chain.eval();
        using PlannedModel model = TorchModules.Import(chain, "Imported", new ExpansionPlan(2));
        Close(Forward(chain), model.Outputs(Samples));
        Assert.Equal((8 * 6) + (6 * 5) + (5 * 3), model.WeightCount);
        Assert.Equal(0.5, Assert.Single(model.Layers.OfType<Fpe.Dropout>()).Plan.Rate);

        long before = model.WeightCount;
        model.Expand();
        Assert.Equal(before, model.WeightCount);
        Assert.Equal([12, 12, 10, 3], model.Layers.Select(layer => layer.OutputCount));
    }

    [Fact]
    public void Weights_are_loaded_into_a_declared_parent()
    {
        using Sequential chain = nn.Sequential(nn.Linear(8, 4), nn.ReLU(), nn.Linear(4, 3));
        using var model = new PlannedModel(Plans.OneHidden(8, 4, 3, new ExpansionPlan(2)));
        model.Load(chain);
        Close(Forward(chain), model.Outputs(Samples));
    }

    /// <summary>A weight may be a view of another tensor: transposed, or every other row or column of it.</summary>
    [Theory]
    [InlineData("transposed")]
    [InlineData("rows")]
    [InlineData("columns")]
    public void Weights_of_any_layout_are_taken_over(string layout)
    {
        using TorchSharp.Modules.Linear linear = nn.Linear(8, 6);
        linear.weight = nn.Parameter(layout switch
        {
            "transposed" => rand(8, 6).t(),
            "rows" => rand(12, 8).slice(0, 0, 12, 2),
            _ => rand(6, 16).slice(1, 1, 16, 2),
        });
        Assert.Equal(layout == "transposed" ? 1 : 16, linear.weight.stride(0));
        using PlannedModel model = TorchModules.Import(linear, "Imported");
        Close(Forward(linear), model.Outputs(Samples));
    }

    /// <summary>And so may what an exported model reads.</summary>
    [Fact]
    public void An_exported_model_reads_samples_of_any_layout()
    {
        using PlannedModel model = Create(Plans.OneHidden(8, 4, 3, new ExpansionPlan(2)));
        using Sequential chain = model.ToTorchModule();
        using DisposeScope scope = NewDisposeScope();
        Tensor samples = tensor(Samples).view(3, 8).t().contiguous().t();
        Assert.False(samples.is_contiguous());
        Close(Forward(chain), chain.forward(samples).data<float>().ToArray());
    }

    [Theory]
    [MemberData(nameof(Expansions.Names), MemberType = typeof(Expansions))]
    public void An_exported_model_computes_the_same_and_has_as_many_parameters(string name)
    {
        using PlannedModel model = Create(Expansions.Plan(name));
        foreach ((int index, Layer layer) in model.Layers.Index())
        {
            bool isChained = model.Plan.SourcesOf(index).SequenceEqual([index - 1]);
            if (isChained && (layer is Fpe.Dropout || layer.GetType() == typeof(Fpe.Linear)))
                continue;
            Refused(() => model.ToTorchModule(), $"TestNet.{layer.Name} {(isChained ? $"is of type {layer.GetType().Name}" : "does not read the preceding layer")}");
            return;
        }

        using Sequential chain = model.ToTorchModule();
        chain.eval();
        Close(model.Outputs(Samples), Forward(chain));
        Assert.Equal(model.WeightCount + model.BiasCount, chain.parameters().Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void An_exported_model_is_trained_inside_a_larger_network_and_taken_back()
    {
        using PlannedModel model = Create(Plans.OneHidden(8, 4, 3, new ExpansionPlan(2)));
        using Sequential part = model.ToTorchModule();
        using Sequential network = nn.Sequential(("part", part), ("head", nn.Linear(3, 1)));
        using var optimizer = optim.SGD(network.parameters(), 0.1, weight_decay: 0.01);
        float[] before = model.Outputs(Samples);
        double first = 0, last = 0;
        for (int step = 0; step < 20; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            optimizer.zero_grad();
            Tensor loss = nn.functional.mse_loss(network.forward(tensor(Samples).view(3, 8)), ones(3, 1));
            loss.backward();
            optimizer.step();
            (first, last) = (step == 0 ? loss.item<float>() : first, loss.item<float>());
        }

        Assert.True(last < first / 2, $"loss {first} → {last}");
        model.Load(part);
        Close(Forward(part), model.Outputs(Samples));
        Assert.NotEqual(before, model.Outputs(Samples));
        Assert.Equal(model.Plan.ExpandedWeights, model.WeightCount);
    }

    [Fact]
    public void Modules_that_do_not_fit_are_refused_by_name()
    {
        using var model = new PlannedModel(Plans.OneHidden(8, 4, 3, new ExpansionPlan(2)));
        float[] before = model.Outputs(Samples);
        Refused(() => model.Load(nn.Sequential(nn.Linear(8, 4), nn.ReLU())), "has 2 linear layers, but the chain has 1");
        Refused(() => model.Load(nn.Sequential(nn.Linear(8, 4), nn.Tanh(), nn.Linear(4, 3))), "TestNet.Hidden has the activation Relu, but module 0 has Tanh");
        Refused(() => model.Load(nn.Sequential(nn.Linear(8, 4), nn.ReLU(), nn.Linear(4, 5))), "TestNet.Logits has 12 edges");
        Refused(() => TorchModules.Import(nn.Sequential(nn.Linear(8, 4), nn.Linear(5, 3)), "Net"), "Module 1 reads 5 values, but 0 outputs 4");
        Refused(() => TorchModules.Import(nn.Sequential(nn.Conv2d(1, 1, 3)), "Net"), "comes before the first linear layer");
        Refused(() => TorchModules.Import(nn.Sequential(nn.Linear(8, 4), nn.ELU()), "Net"), "Module 1 is of type ELU");
        Refused(() => TorchModules.Import(nn.Sequential(nn.Linear(8, 4), nn.Softplus(beta: 2)), "Net"), "Module 1 is a Softplus with another beta");
        Refused(() => TorchModules.Import(nn.Sequential(nn.Linear(8, 4), nn.GELU(approximate: GELU.Approximate.tanh)), "Net"), "Module 1 is an approximate GELU");
        Refused(() => TorchModules.Import(nn.Sequential(nn.Linear(8, 4), nn.ReLU(), nn.Tanh()), "Net"), "Module 2 follows another activation");
        Assert.Equal(before, model.Outputs(Samples));

        using PlannedModel one = Create(Plans.OneHidden(8, 4, 3, new ExpansionPlan(2)));
        using PlannedModel other = Create(Plans.OneHidden(8, 4, 3, new ExpansionPlan(2)), seed: 2);
        Refused(() => one.Load(other.ToTorchModule()), "a model with the same split");
    }

    /// <summary>Learned edges start from new weights, so that they are refused for a model that has others.</summary>
    [Fact]
    public void A_model_counts_as_new_after_modules_were_refused()
    {
        using var model = new PlannedModel(Plans.OneHidden(8, 6, 3, new ExpansionPlan(4, Split.Learned)));
        Refused(() => model.Load(nn.Sequential(nn.Linear(8, 4), nn.ReLU())), "has 2 linear layers, but the chain has 1");
        var options = new TrainingOptions { BatchSize = 2, EdgeLearning = new EdgeExchange { Start = EdgeStart.Random } };
        options.Validate(model, Dataset.OfClasses("samples", 8, new float[2 * 8], [0, 1], 3));
    }

    private static void Refused(Action call, string message) =>
        Assert.Contains(message, Assert.Throws<TorchModuleException>(call).Message, StringComparison.Ordinal);

    private static PlannedModel Create(ModelPlan plan, long seed = 1)
    {
        var model = new PlannedModel(plan, seed);
        if (plan.IsExpanded)
            model.Expand();
        return model;
    }

    private static float[] Forward(nn.Module<Tensor, Tensor> module)
    {
        using DisposeScope scope = NewDisposeScope();
        return module.forward(tensor(Samples).view(3, 8)).data<float>().ToArray();
    }

    private static void Close(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5f);
    }
}
