namespace Samples.Paper.Results;

/// <summary>Interference in the first expanded layer; docs/method.md has the formulas.</summary>
internal sealed record InterferenceMeasures
{
    /// <summary>Mean capacity of the inputs that are used.</summary>
    public required double Capacity { get; init; }

    /// <summary>Mean cosine similarity of two neurons.</summary>
    public required double Cosine { get; init; }

    /// <summary>Mean absolute cosine similarity of two neurons.</summary>
    public required double AbsoluteCosine { get; init; }

    /// <summary>Mean number of incoming edges of a neuron.</summary>
    public required double FeaturesPerNeuron { get; init; }

    /// <summary>Inputs by their capacity, in bins of equal width from 0 to 1; the last bin holds 1. Unused inputs are not counted.</summary>
    public required IReadOnlyList<int> CapacityHistogram { get; init; }

    /// <summary>Inputs that no neuron uses.</summary>
    public required int UnusedInputs { get; init; }
}
