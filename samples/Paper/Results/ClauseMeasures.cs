namespace Samples.Paper.Results;

/// <summary>
/// The distribution of a formula's clauses over the neurons of the first layer, compared with the values expected by chance.
/// </summary>
internal sealed record ClauseMeasures
{
    /// <summary>Number of clauses of which some neuron reads all literals.</summary>
    public required int Covered { get; init; }

    /// <summary>The number expected for random partitions.</summary>
    public required double ExpectedCovered { get; init; }

    /// <summary>Number of pairs of clauses of which one neuron reads all literals, over all neurons.</summary>
    public required long Collisions { get; init; }

    /// <summary>The number expected for random partitions.</summary>
    public required double ExpectedCollisions { get; init; }
}
