using Fpe.Data;

namespace Fpe.Runtime.Tests.Data;

/// <summary>Several inputs of one sample.</summary>
public class JoinTests
{
    private static readonly Dataset Numbers = Dataset.OfClasses("numbers", 2, [1, 2, 3, 4, 5, 6], [0, 1, 2], 3);
    private static readonly Dataset Tokens = Dataset.OfClasses("tokens", TokenRows.Of("t", 3, 8, [[7], [0, 1], [2, 3, 4]]), [0, 1, 2], 3);

    [Fact]
    public void Values_follow_each_other_in_the_order_of_the_parts()
    {
        var joined = Dataset.Join("joined", Tokens, Numbers, Tokens);
        Assert.Equal(("joined", 3, 8, 3), (joined.Name, joined.Count, joined.FeatureCount, joined.OutputCount));
        Assert.Equal([7f, -1, -1, 1, 2, 7, -1, -1], joined.Sample(0));
        Assert.Equal([2f, 3, 4, 5, 6, 2, 3, 4], joined.Sample(2));
        Assert.Equal((0, 1, 2), (joined.Label(0), joined.Label(1), joined.Label(2)));
        Assert.Equal([new FeaturePart(0, 3, 8), new(3, 2, null), new(5, 3, 8)], joined.Parts);
    }

    [Fact]
    public void Joined_samples_are_divided_and_read_into_memory()
    {
        var joined = Dataset.Join("joined", Numbers, Dataset.Join("inner", Tokens, Numbers));
        Assert.Equal([new FeaturePart(0, 2, null), new(2, 3, 8), new(5, 2, null)], joined.Parts);
        Assert.Equal((true, true), (joined.IsInMemory, joined.Features is null));
        (Dataset first, Dataset second) = joined.Divide("first", 2, "second", seed: 1);
        foreach (Dataset part in new[] { first, second, joined.ToMemory(), first.ToMemory() })
        {
            Assert.Equal(joined.Parts, part.Parts);
            for (int s = 0; s < part.Count; s++)
                Assert.Equal(joined.Sample(part.Label(s)), part.Sample(s));
        }
    }

    [Fact]
    public void Numbers_in_memory_stay_in_one_array()
    {
        var joined = Dataset.Join("joined", Numbers, Numbers);
        Assert.Equal([1, 2, 1, 2, 3, 4, 3, 4, 5, 6, 5, 6], joined.Features!);
        Assert.Equal([new FeaturePart(0, 2, null), new(2, 2, null)], joined.Parts);
        Assert.Equal([new FeaturePart(0, 2, null)], Numbers.Parts);
    }

    [Fact]
    public void Standardised_parts_stay_marked()
    {
        var standardization = Standardization.PerFeature(Numbers);
        var other = Standardization.OverAll(Numbers);
        var joined = Dataset.Join("joined", Tokens, standardization.Apply(Numbers), Tokens, Numbers, other.Apply(Numbers));
        Standardization own = joined.Standardization!;
        Assert.Equal([-1, -1, -1, 0, 1, -1, -1, -1, 2, 2, 3, 3], own.Groups.ToArray());
        Assert.Equal([3, 4, 0, 3.5], own.Means);
        Assert.Equal([.. standardization.Deviations, 1, .. other.Deviations], own.Deviations);
        Assert.Equal(joined.ToMemory().Features!, own.Apply(Dataset.Join("read", Tokens, Numbers, Tokens, Numbers, Numbers)).ToMemory().Features!);
        Assert.Equal("joined: its samples are standardised already; apply it to the data set as it was read.", Assert.Throws<DatasetException>(() => own.Apply(joined)).Message);
        Assert.Null(Dataset.Join("read", Tokens, Numbers).Standardization);
    }

    [Fact]
    public void Target_values_are_those_of_all_parts()
    {
        var a = Dataset.OfTargets("a", 1, [1, 2], 2, [1, 2, 3, 4]);
        Assert.Equal([1, 2, 3, 4], Dataset.Join("joined", a, a).Targets!);
        AssertError(
            "joined: sample 1 has other target values in b than in a; join data sets with the same samples in the same order.",
            () => Dataset.Join("joined", a, Dataset.OfTargets("b", 1, [1, 2], 2, [1, 2, 4, 3])));
    }

    [Fact]
    public void Parts_with_other_samples_are_named_with_their_numbers()
    {
        AssertError(
            "joined: 2 samples of b, but 3 of numbers; join data sets of the same samples.",
            () => Dataset.Join("joined", Numbers, Dataset.OfClasses("b", 1, [1, 2], [0, 1], 3)));
        AssertError(
            "joined: sample 1 has label 2 in b, but 1 in numbers; join data sets with the same samples in the same order.",
            () => Dataset.Join("joined", Numbers, Dataset.OfClasses("b", 1, [1, 2, 3], [0, 2, 1], 3)));
        AssertError(
            "joined: b has 4 classes, but numbers has 3 classes; join data sets of the same samples.",
            () => Dataset.Join("joined", Numbers, Dataset.OfClasses("b", 1, [1, 2, 3], [0, 1, 2], 4)));
        AssertError(
            "joined: b has 3 target values, but numbers has 3 classes; join data sets of the same samples.",
            () => Dataset.Join("joined", Numbers, Dataset.OfTargets("b", 1, [1, 2, 3], 3, new float[9])));
        AssertError(
            "joined: 4294967296 values per sample exceed the maximum of 2147483591; join fewer parts.",
            () => Dataset.Join("joined", [.. Enumerable.Repeat(Dataset.OfClasses("wide", new WideRows(), [0], 1), 4)]));
    }

    private static void AssertError(string message, Action action) => Assert.Equal(message, Assert.Throws<DatasetException>(action).Message);

    private sealed class WideRows : IRowSource
    {
        public int Count => 1;

        public int FeatureCount => 1 << 30;

        public void Read(int row, Span<float> values) => values.Clear();
    }
}
