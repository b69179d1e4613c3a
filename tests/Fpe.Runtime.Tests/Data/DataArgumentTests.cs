using Fpe.Data;

namespace Fpe.Runtime.Tests.Data;

/// <summary>Arguments that make no data set: one exception, before anything is read or allocated.</summary>
public sealed class DataArgumentTests
{
    public static TheoryData<string, Func<object>> Broken => new()
    {
        { "data: the number of classes must be at least 1, but is -1.", () => Dataset.OfClasses("data", 1, [1], [5], classCount: -1) },
        { "data: the number of classes must be at least 1, but is 0.", () => Dataset.OfClasses("data", new Rows(1, 1), [0], classCount: 0) },
        { "data: the number of features must be at least 1, but is 0.", () => Dataset.OfClasses("data", 0, [1], [0], 1) },
        { "data: the number of features must be at least 1, but is -3.", () => Dataset.OfClasses("data", new Rows(1, -3), [0], 1) },
        { "data: it has no samples; pass at least one.", () => Dataset.OfClasses("data", new Rows(-1, 1), [0], 1) },
        { "data: the number of target values must be at least 1, but is 0.", () => Dataset.OfTargets("data", 1, [1], 0, []) },
        { "data: 2 of 2 samples in one part leave the other part empty; use 1 to 1.", () => Dataset.OfClasses("data", 1, [1, 2], [0, 0], 1).Divide("a", 2, "b", seed: 1) },
        { "data: the number of places must be at least 1, but is 0.", () => TokenRows.Of("data", 0, 1, [[0]]) },
        { "data: a vocabulary of 0 tokens is not valid; it must be from 1 to 16777216.", () => TokenRows.Of("data", 1, 0, [[0]]) },
        { "data: a vocabulary of 16777217 tokens is not valid; it must be from 1 to 16777216.", () => TokenRows.OfCategories("data", TokenRows.MaximumVocabulary + 1, [0]) },
        { "data: TooLong 2 is not valid; pass Refuse or Cut.", () => TokenRows.Of("data", 1, 1, [[0]], (TooLong)2) },
        { "missing.csv: the number of features must be at least 1, but is 0.", () => CsvClasses.Read("missing.csv", 0, 2) },
        { "missing.csv: the number of classes must be at least 1, but is -1.", () => CsvClasses.Read("missing.csv", 1, -1) },
        { "missing.csv: scale NaN is not valid; pass a finite number that is not 0.", () => CsvClasses.Read("missing.csv", 1, 2, float.NaN) },
        { "missing.csv: scale 0 is not valid; pass a finite number that is not 0.", () => CsvClasses.Read(new StringReader("1,0"), "missing.csv", 1, 2, 0) },
        { "images: the number of classes must be at least 1, but is 0.", () => IdxClasses.Read("images", "labels", 0) },
        { "images: pixels from 0 to 1 cannot be standardised with mean NaN and deviation 1; pass those of the training pixels.", () => IdxClasses.Read("images", "labels", 2, float.NaN) },
        { "images: pixels from 0 to 1 cannot be standardised with mean 0 and deviation NaN; pass those of the training pixels.", () => IdxClasses.Read("images", "labels", 2, 0, float.NaN) },
        { "images: pixels from 0 to 1 cannot be standardised with mean 0 and deviation 1E-45; pass those of the training pixels.", () => IdxClasses.Read("images", "labels", 2, 0, 1e-45f) },
        { "images: pixels from 0 to 1 cannot be standardised with mean 0 and deviation -1; pass those of the training pixels.", () => IdxClasses.Read("images", "labels", 2, 0, -1) },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Arguments_out_of_range_are_named(string message, Func<object> create) => Assert.Equal(message, Assert.Throws<DatasetException>(create).Message);

    private sealed class Rows(int count, int featureCount) : IRowSource
    {
        public int Count => count;

        public int FeatureCount => featureCount;

        public void Read(int row, Span<float> values) => values.Clear();
    }
}
