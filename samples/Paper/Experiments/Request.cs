namespace Samples.Paper.Experiments;

/// <summary>The options of an experiment on the command line; null to let the experiment choose.</summary>
internal sealed record Request
{
    private FashionImages? images;

    /// <summary>The extent of the experiment.</summary>
    public Form Form { get; init; }

    /// <summary>Number of seeds, from 0.</summary>
    public int? Seeds { get; init; }

    /// <summary>Neurons of a hidden layer of the dense parent.</summary>
    public IReadOnlyList<int>? Widths { get; init; }

    /// <summary>Children per neuron.</summary>
    public IReadOnlyList<int>? Factors { get; init; }

    /// <summary>The strategies that are compared with the dense parent.</summary>
    public IReadOnlyList<Strategy>? Strategies { get; init; }

    /// <summary>Epochs of every run.</summary>
    public int? Epochs { get; init; }

    /// <summary>Times of the split, in epochs.</summary>
    public IReadOnlyList<int>? ExpandAfter { get; init; }

    /// <summary>Clauses of a formula.</summary>
    public IReadOnlyList<int>? Clauses { get; init; }

    /// <summary>Literals of a clause.</summary>
    public IReadOnlyList<int>? Literals { get; init; }

    /// <summary>File or folder of the data.</summary>
    public string? Data { get; init; }

    /// <summary>The experiment that reads <see cref="DataFile"/> as its embeddings.</summary>
    public string EmbeddingsOf { get; init; } = EmbeddingsExperiment.CommandName;

    /// <summary>File of the labels, if they are not in the file of the embeddings.</summary>
    public string? Labels { get; init; }

    /// <summary>FashionMNIST in the folder that <see cref="Data"/> names, or in its usual place; the same for all experiments.</summary>
    public FashionImages Images => images ??= new FashionImages(DataFile is null ? Data : null);

    /// <summary>The file of embeddings that <see cref="Data"/> names; null if it names a folder or is not set.</summary>
    public string? DataFile => Data is not null && Path.HasExtension(Data) && !Directory.Exists(Data) ? Data : null;

    /// <summary>The file of embeddings for an experiment; null if it has none.</summary>
    public string? FileOf(string experiment) => experiment == EmbeddingsOf ? DataFile : null;

    /// <summary>All files of data that can be read.</summary>
    public IEnumerable<string> DataFiles => [.. new[] { DataFile, Labels }.OfType<string>(), .. Images.Files];

    /// <summary>Returns one of three values, depending on the form.</summary>
    public T Choose<T>(T quick, T usual, T full) => Form switch
    {
        Form.Quick => quick,
        Form.Full => full,
        _ => usual,
    };
}
