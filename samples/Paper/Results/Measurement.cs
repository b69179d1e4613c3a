namespace Samples.Paper.Results;

/// <summary>The measurements of a trained network.</summary>
internal sealed record Measurement
{
    /// <summary>Accuracy on the test data, from 0 to 1, after the last epoch.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>Accuracy on the training data, from 0 to 1, after the last epoch.</summary>
    public required double TrainAccuracy { get; init; }

    /// <summary>Weights of the dense parent.</summary>
    public required long DenseWeights { get; init; }

    /// <summary>Biases of the dense parent.</summary>
    public required long DenseBiases { get; init; }

    /// <summary>Weights of the trained network.</summary>
    public required long Weights { get; init; }

    /// <summary>Biases of the trained network.</summary>
    public required long Biases { get; init; }

    /// <summary>Interference of features in the first expanded layer.</summary>
    public required InterferenceMeasures Interference { get; init; }

    /// <summary>Distribution of clauses over the children; null if the task has no known clauses.</summary>
    public ClauseMeasures? Clauses { get; init; }

    /// <summary>Pictures of the first expanded layer; null except for a few runs.</summary>
    public LayerPictures? Pictures { get; init; }
}
