using Fpe.Compute;

namespace Fpe.Interference;

/// <summary>How much the features of a layer interfere, measured on its weights.</summary>
/// <param name="FeatureCapacity">Mean capacity of the inputs; see <see cref="Interference.FeatureCapacity"/>.</param>
/// <param name="MeanCosine">Mean cosine similarity of two neurons; see <see cref="CosineSimilarity"/>.</param>
/// <param name="MeanAbsoluteCosine">Mean absolute cosine similarity of two neurons.</param>
/// <param name="FeaturesPerNeuron">Mean number of incoming edges; see <see cref="Interference.FeaturesPerNeuron"/>.</param>
public sealed record InterferenceMetrics(double FeatureCapacity, double MeanCosine, double MeanAbsoluteCosine, double FeaturesPerNeuron)
{
    /// <summary>Measures a layer; the paper measures the first layer.</summary>
    /// <param name="layout">The edges of the layer.</param>
    /// <param name="slotWeights">One weight per slot of <paramref name="layout"/>; 0 at holes.</param>
    public static InterferenceMetrics Of(EdgeLayout layout, ReadOnlySpan<double> slotWeights)
    {
        UnitRows neurons = UnitRows.Of(layout, slotWeights);
        return new InterferenceMetrics(
            Interference.FeatureCapacity.Mean(layout, slotWeights),
            CosineSimilarity.Mean(neurons),
            CosineSimilarity.MeanAbsolute(neurons),
            Interference.FeaturesPerNeuron.Mean(layout));
    }
}
