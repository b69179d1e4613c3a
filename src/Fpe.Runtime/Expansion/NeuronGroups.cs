namespace Fpe.Expansion;

/// <summary>The neurons of a layer in runs of <paramref name="Share"/> that share one partition; the last run may be shorter.</summary>
/// <param name="Neurons">Neurons of the layer; at least 1.</param>
/// <param name="Share">Neurons per group; at least 1.</param>
internal readonly record struct NeuronGroups(int Neurons, int Share)
{
    /// <summary>Number of groups.</summary>
    public int Count => ((Neurons - 1) / Share) + 1;

    /// <summary>Whether each neuron forms its own group.</summary>
    public bool AreSingle => Count == Neurons;

    /// <summary>Creates one group of all neurons.</summary>
    public static NeuronGroups Single(int neurons) => new(neurons, neurons);

    /// <summary>Returns the first neuron of a group.</summary>
    public int First(int group) => group * Share;

    /// <summary>Returns the number of neurons of a group.</summary>
    public int Size(int group) => Math.Min(Share, Neurons - First(group));
}
