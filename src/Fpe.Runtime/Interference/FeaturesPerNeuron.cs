using Fpe.Compute;

namespace Fpe.Interference;

/// <summary>How many inputs a neuron reads: incoming edges that exist, whatever their weights.</summary>
internal static class FeaturesPerNeuron
{
    /// <summary>The mean over neurons: edges / outputs.</summary>
    public static double Mean(EdgeLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return (double)layout.EdgeCount / layout.OutputCount;
    }
}
