using Fpe.Compute;

namespace Fpe.Interference;

/// <summary>How much the features of a layer interfere, measured on its weights.</summary>
/// <param name="FeatureCapacity">Mean capacity of the inputs; see <see cref="Interference.FeatureCapacity"/>.</param>
/// <param name="MeanCosine">Mean of cos(r, s) = w_r · w_s / (‖w_r‖ · ‖w_s‖) over pairs of neurons whose weights are not all 0; 0 if there is no pair.</param>
/// <param name="MeanAbsoluteCosine">Mean of |cos(r, s)| over the same pairs.</param>
/// <param name="FeaturesPerNeuron">Mean number of edges that enter a neuron, whatever their weights.</param>
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
