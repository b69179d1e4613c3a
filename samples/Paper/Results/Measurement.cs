namespace Samples.Paper.Results;

/// <summary>What was measured on a trained network.</summary>
internal sealed record Measurement
{
    /// <summary>Right answers on the test part, from 0 to 1, after the last epoch.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>Right answers on the training part, from 0 to 1, after the last epoch.</summary>
    public required double TrainAccuracy { get; init; }

    /// <summary>Weights of the dense parent.</summary>
    public required long DenseWeights { get; init; }

    /// <summary>Biases of the dense parent.</summary>
    public required long DenseBiases { get; init; }

    /// <summary>Weights of the trained network.</summary>
    public required long Weights { get; init; }

    /// <summary>Biases of the trained network.</summary>
    public required long Biases { get; init; }

    /// <summary>How much features get in each other's way in the first expanded layer.</summary>
    public required InterferenceMeasures Interference { get; init; }

    /// <summary>How clauses lie in the children; null where the task has no known clauses.</summary>
    public ClauseMeasures? Clauses { get; init; }

    /// <summary>Pictures of the first expanded layer; null for all but a few runs.</summary>
    public LayerPictures? Pictures { get; init; }
}
