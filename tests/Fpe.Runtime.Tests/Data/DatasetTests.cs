using Fpe.Data;

namespace Fpe.Runtime.Tests.Data;

public class DatasetTests
{
    [Fact]
    public void Wrong_content_is_named()
    {
        AssertError("d: it has no samples; pass at least one.", () => Dataset.OfClasses("d", 2, [], [], 2));
        AssertError("d: 3 values are not a whole number of samples of 2; pass 2 values for every sample.", () => Dataset.OfClasses("d", 2, [1, 2, 3], [0], 2));
        AssertError("d: 2 samples, but 1 labels; pass one for every sample.", () => Dataset.OfClasses("d", 1, [1, 2], [0], 2));
        AssertError("d: sample 1 has label 2, but the 2 classes are 0 to 1; correct the label or the number of classes.", () => Dataset.OfClasses("d", 1, [1, 2], [0, 2], 2));
        AssertError("d: feature 1 of sample 0 is NaN; replace it with a finite number, or remove the sample.", () => Dataset.OfClasses("d", 2, [1, float.NaN], [0], 2));
        AssertError("d: target 0 of sample 1 is Infinity; replace it with a finite number, or remove the sample.", () => Dataset.OfTargets("d", 1, [1, 2], 1, [0, float.PositiveInfinity]));
        AssertError("d: 3 target values are not a whole number of rows of 2; pass 2 values for every sample.", () => Dataset.OfTargets("d", 1, [1], 2, [0, 1, 2]));
    }

    [Fact]
    public void Division_takes_every_sample_once()
    {
        var all = Dataset.OfClasses("all", 1, [.. Enumerable.Range(0, 100).Select(i => (float)i)], [.. Enumerable.Range(0, 100).Select(i => i % 7)], 7);
        (Dataset train, Dataset test) = all.Divide("train", 80, "test", seed: 5);
        Assert.Equal((80, 20), (train.Count, test.Count));
        float[] seen = [.. train.Features!.Concat(test.Features!).Order()];
        Assert.Equal(all.Features!, seen);
        for (int s = 0; s < train.Count; s++)
            Assert.Equal((int)train.Sample(s)[0] % 7, train.Label(s));
        Assert.NotEqual(train.Features!, [.. train.Features!.Order()]);
        Assert.Equal(train.Features!, all.Divide("train", 80, "test", seed: 5).First.Features!);
    }

    private static void AssertError(string message, Action action) => Assert.Equal(message, Assert.Throws<DatasetException>(action).Message);
}
