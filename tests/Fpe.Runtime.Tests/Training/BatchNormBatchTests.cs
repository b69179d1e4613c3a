using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>A batch normalisation of vectors cannot train on a batch of one sample, which has no variance.</summary>
public sealed class BatchNormBatchTests
{
    [Theory]
    [InlineData(9, 4, "use another size, such as 5")]
    [InlineData(7, 2, "use another size, such as 4")] // 3 leaves one, too
    [InlineData(9, 8, "use another size, such as 9")]
    [InlineData(20, 1, "use another size, such as 2")]
    [InlineData(1, 1, "train on more samples")]
    public void A_last_batch_of_one_sample_is_refused(int samples, int batchSize, string fix)
    {
        using var model = new PlannedModel(Plan(places: 1));
        var options = new TrainingOptions { BatchSize = batchSize };
        var error = Assert.Throws<TrainingOptionsException>(() => options.Validate(model, TrainingData.Directions(samples, 8, 3)));
        Assert.Equal(
            $"BatchSize: TestNet.Norm normalises over a batch, but the last batch of {samples} samples in batches of {batchSize} has only one sample; {fix}.",
            error.Message);
    }

    [Theory]
    [InlineData(9, 3)]
    [InlineData(9, 7)]
    [InlineData(9, 9)]
    public void Other_sizes_are_fine(int samples, int batchSize)
    {
        using var model = new PlannedModel(Plan(places: 1));
        new TrainingOptions { BatchSize = batchSize }.Validate(model, TrainingData.Directions(samples, 8, 3));
    }

    /// <summary>Every pixel of an image is a value to normalise over.</summary>
    [Fact]
    public void Images_and_models_without_a_norm_may_have_any_batch()
    {
        using var images = new PlannedModel(Plan(places: 2));
        using var plain = new PlannedModel(Plans.Chain(8, false, new LinearPlan("Logits", 8, 3)));
        foreach (PlannedModel model in new[] { images, plain })
        {
            new TrainingOptions { BatchSize = 4 }.Validate(model, TrainingData.Directions(9, 8, 3));
            new TrainingOptions { BatchSize = 1 }.Validate(model, TrainingData.Directions(9, 8, 3));
        }
    }

    private static ModelPlan Plan(int places) => Plans.Chain(8, false, new BatchNormPlan("Norm", 8 / places, places), new LinearPlan("Logits", 8, 3));
}
