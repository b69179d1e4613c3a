namespace Samples.Paper.Results;

/// <summary>How the clauses of a formula lie in the neurons of the first layer, beside what chance would give.</summary>
internal sealed record ClauseMeasures
{
    /// <summary>Clauses of which some neuron reads all literals.</summary>
    public required int Covered { get; init; }

    /// <summary>The number expected of random partitions.</summary>
    public required double ExpectedCovered { get; init; }

    /// <summary>Pairs of clauses of which one neuron reads all literals, over all neurons.</summary>
    public required long Collisions { get; init; }

    /// <summary>The number expected of random partitions.</summary>
    public required double ExpectedCollisions { get; init; }
}
