using Fpe.Compute;

namespace Fpe.Interference;

/// <summary>The number of inputs that a neuron reads: existing incoming edges, regardless of their weights.</summary>
internal static class FeaturesPerNeuron
{
    /// <summary>The mean over neurons: edges / outputs.</summary>
    public static double Mean(EdgeLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return (double)layout.EdgeCount / layout.OutputCount;
    }
}
