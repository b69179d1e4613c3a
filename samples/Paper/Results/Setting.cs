using System.Globalization;
using System.Text.Json.Serialization;

namespace Samples.Paper.Results;

/// <summary>The setting of a comparison: task, data, dense parent and training. All compared networks share it, seed by seed.</summary>
internal sealed record Setting
{
    /// <summary>Name of the experiment: <c>boolean</c>, <c>fashion</c>, <c>cnn</c>, <c>resnet</c>, <c>deep</c>, <c>embeddings</c>, <c>sections</c>, <c>grams</c>, <c>encoder</c>.</summary>
    public required string Experiment { get; init; }

    /// <summary>Version of the experiment's recipe. It increases if equal settings produce different results.</summary>
    public required int Version { get; init; }

    /// <summary>Name of the data if an experiment has several data sets; otherwise null.</summary>
    public string? Data { get; init; }

    /// <summary>Clauses of the formula, for <c>boolean</c>; otherwise null.</summary>
    public int? Clauses { get; init; }

    /// <summary>Literals per clause, for <c>boolean</c>; otherwise null.</summary>
    public int? Literals { get; init; }

    /// <summary>Samples to train on.</summary>
    public required int TrainSamples { get; init; }

    /// <summary>Neurons of each hidden layer of the dense parent; filters of the first convolution, for <c>resnet</c>.</summary>
    public required int Width { get; init; }

    /// <summary>Hidden layers of the dense parent that are expanded; blocks, for <c>encoder</c>.</summary>
    public int Depth { get; init; } = 1;

    /// <summary>Epochs of every run, dense or not.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples per step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Learning rate of Adam.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The setting as part of keys: <c>fashion v1 samples=60000 width=64 epochs=50 batch=256 rate=0.001</c>.</summary>
    [JsonIgnore]
    public string Key => string.Join(' ', Words());

    private IEnumerable<string> Words()
    {
        yield return Experiment;
        yield return Word("v", Version);
        if (Data is not null)
            yield return $"data={Data}";
        if (Clauses is { } clauses)
            yield return Word("clauses=", clauses);
        if (Literals is { } literals)
            yield return Word("literals=", literals);
        yield return Word("samples=", TrainSamples);
        yield return Word("width=", Width);
        if (Depth > 1)
            yield return Word("depth=", Depth);
        yield return Word("epochs=", Epochs);
        yield return Word("batch=", BatchSize);
        yield return string.Create(CultureInfo.InvariantCulture, $"rate={LearningRate}");
    }

    private static string Word(string name, int value) => string.Create(CultureInfo.InvariantCulture, $"{name}{value}");
}
