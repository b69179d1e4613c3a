using Fpe.Data;

namespace Fpe.Runtime.Tests.Data;

public class TokenRowsTests
{
    [Fact]
    public void A_row_is_its_tokens_and_minus_1_behind_them()
    {
        var rows = TokenRows.Of("t", places: 3, vocabulary: 1 << 24, [[5], [0, (1 << 24) - 1, 2], [7, 7]]);
        Assert.Equal((3, 3, 3, 1 << 24), (rows.Count, rows.FeatureCount, rows.Places, rows.Vocabulary));
        Assert.Equal((6, 0), (rows.TokenCount, rows.CutSamples));
        var dataset = Dataset.OfClasses("d", rows, [0, 1, 0], 2);
        Assert.Equal([5f, -1, -1], dataset.Sample(0));
        Assert.Equal([0f, (1 << 24) - 1, 2], dataset.Sample(1));
        Assert.Equal([7f, 7, -1], dataset.Sample(2));
        Assert.Equal([new FeaturePart(0, 3, 1 << 24)], dataset.Parts);
        Assert.True(dataset.IsInMemory);
    }

    [Fact]
    public void A_row_is_written_over_what_was_there()
    {
        float[] values = [9, 9, 9, 9];
        TokenRows.Of("t", 3, 4, [[1]]).Read(0, values);
        Assert.Equal([1, -1, -1, 9], values);
    }

    [Fact]
    public void Long_samples_are_cut_if_asked_for_and_counted()
    {
        var rows = TokenRows.Of("t", 2, 10, [[1, 2, 3], [4, 5], [6, 7, 8, 9]], TooLong.Cut);
        Assert.Equal((2, 6), (rows.CutSamples, rows.TokenCount));
        var dataset = Dataset.OfTargets("d", rows, 1, [0, 1, 2]);
        Assert.Equal([6f, 7], dataset.Sample(2));
    }

    [Fact]
    public void Categories_are_samples_of_one_token()
    {
        var rows = TokenRows.OfCategories("c", 3, [2, 0, 1]);
        Assert.Equal((3, 1, 3), (rows.Count, rows.FeatureCount, rows.Vocabulary));
        Assert.Equal([2f], Dataset.OfClasses("d", rows, [0, 0, 0], 1).Sample(0));
    }

    [Fact]
    public void What_is_no_sample_is_named_with_its_place()
    {
        AssertError("t: token 1 of sample 1 is 10, but the 10 tokens of the vocabulary are 0 to 9; correct the token or the vocabulary.", [[0], [9, 10]]);
        AssertError("t: token 0 of sample 0 is -1, but the 10 tokens of the vocabulary are 0 to 9; correct the token or the vocabulary.", [[-1]]);
        AssertError("t: sample 2 has no tokens; pass at least one, or remove the sample.", [[0], [1], []]);
        AssertError("t: sample 1 is null; pass its tokens.", [[0], null!]);
        AssertError("t: sample 1 has 4 tokens, but there are 3 places; use more places, or cut samples with TooLong.Cut.", [[1, 2, 3], [1, 2, 3, 4]]);
        // what is cut off is checked, too
        AssertError("t: token 3 of sample 0 is 11, but the 10 tokens of the vocabulary are 0 to 9; correct the token or the vocabulary.", [[1, 2, 3, 11]], TooLong.Cut);
    }

    [Fact]
    public void Samples_that_there_are_none_of_are_no_data_set() => Assert.Equal(
        "d: it has no samples; pass at least one.",
        Assert.Throws<DatasetException>(() => Dataset.OfClasses("d", TokenRows.Of("t", 1, 1, []), [], 1)).Message);

    [Fact]
    public void Parts_of_the_data_and_copies_in_memory_hold_the_same_tokens()
    {
        int[][] samples = [.. Enumerable.Range(0, 50).Select(s => Enumerable.Range(s, 1 + (s % 4)).ToArray())];
        var all = Dataset.OfClasses("all", TokenRows.Of("t", 4, 60, samples), [.. Enumerable.Range(0, 50)], 50);
        (Dataset train, Dataset test) = all.Divide("train", 30, "test", seed: 3);
        foreach (Dataset part in new[] { train, test, train.ToMemory(), test.ToMemory(), all.ToMemory(), all.ToMemory().Divide("a", 20, "b", 1).Second })
        {
            Assert.Equal(all.Parts, part.Parts);
            Assert.True(part.IsInMemory);
            for (int s = 0; s < part.Count; s++)
                Assert.Equal(all.Sample(part.Label(s)), part.Sample(s));
        }

        Assert.Null(train.Features);
        Assert.NotNull(train.ToMemory().Features);
    }

    private static void AssertError(string message, int[][] samples, TooLong tooLong = TooLong.Refuse) =>
        Assert.Equal(message, Assert.Throws<DatasetException>(() => TokenRows.Of("t", 3, 10, samples, tooLong)).Message);
}
