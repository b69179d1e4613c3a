using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

public sealed class DepthTests : IDisposable
{
    private const int Width = 8;
    private const int LayersOfBlock = 4;

    private readonly string file = Path.GetTempFileName();

    [Theory]
    [InlineData(1)]
    [InlineData(202)]
    public void A_network_of_any_depth_learns_and_comes_back_from_its_file(int layers)
    {
        Dataset data = TrainingData.Directions(200, Width, 3, seed: 1);
        using var model = new PlannedModel(Residual(layers), seed: 1);
        Assert.Equal(layers, model.Layers.Count);
        TrainingResult result = new Trainer(new TrainingOptions { Epochs = 4, BatchSize = 20, Optimizer = new Adam(0.003), ExpandAfter = 1 }).Fit(model, data);
        Assert.True(result.Epochs[^1].TrainLoss < 0.95 * result.Epochs[0].TrainLoss, $"loss {result.Epochs[0].TrainLoss} → {result.Epochs[^1].TrainLoss}");
        Assert.Equal(layers > 1, model.IsExpanded);
        Assert.Equal(model.Plan.DenseWeights, model.WeightCount);

        if (layers > LayersOfBlock)
            Assert.Contains("blocks.3.wide.weight", model.Parameters.Select(parameter => parameter.Name));
        model.Save(file);
        using var loaded = new PlannedModel(Residual(layers), seed: 2);
        loaded.LoadWeights(file);
        float[] samples = [.. Enumerable.Range(0, 5 * Width).Select(i => MathF.Sin(i))];
        Assert.Equal(model.Outputs(samples), loaded.Outputs(samples));
    }

    public void Dispose() => File.Delete(file);

    /// <summary>Blocks of a norm, two fully connected layers and a sum with what they read, between a first and a last layer.</summary>
    private static ModelPlan Residual(int layers)
    {
        var plans = new List<LayerPlan>();
        string value = ModelPlan.Sample;
        for (int block = 0; plans.Count + LayersOfBlock < layers; block++)
        {
            plans.Add(new LayerNormPlan($"Blocks.{block}.Norm", Width) { From = [value] });
            plans.Add(new LinearPlan($"Blocks.{block}.Wide", Width, Width, ActivationFunction.Relu) { Expansion = new ExpansionPlan(2) });
            plans.Add(new LinearPlan($"Blocks.{block}.Narrow", Width, Width));
            plans.Add(new AddPlan($"Blocks.{block}.Sum", Width) { From = [$"Blocks.{block}.Narrow", value] });
            value = $"Blocks.{block}.Sum";
        }

        if (plans.Count + 1 < layers)
            plans.Add(new LayerNormPlan("Norm", Width));
        plans.Add(new LinearPlan("Logits", Width, 3));
        return Plans.Chain(Width, countBiases: false, [.. plans]);
    }
}
