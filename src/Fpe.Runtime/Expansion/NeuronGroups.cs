namespace Fpe.Expansion;

/// <summary>
/// The neurons of a layer in runs of <paramref name="Share"/> that share one partition. Runs do not reach beyond a section of the layer, such
/// as a group of a convolution; the last run of each section may be shorter.
/// </summary>
/// <param name="Neurons">Neurons of the layer; at least 1.</param>
/// <param name="Share">Neurons per group; at least 1.</param>
/// <param name="Section">Neurons per section; divides <paramref name="Neurons"/>.</param>
internal readonly record struct NeuronGroups(int Neurons, int Share, int Section)
{
    /// <summary>Describes a layer of one section.</summary>
    public NeuronGroups(int Neurons, int Share)
        : this(Neurons, Share, Neurons)
    {
    }

    /// <summary>Number of groups.</summary>
    public int Count => CountInSection * (Neurons / Section);

    /// <summary>Number of groups of a section.</summary>
    public int CountInSection => ((Section - 1) / Share) + 1;

    /// <summary>Whether each neuron forms its own group.</summary>
    public bool AreSingle => Count == Neurons;

    /// <summary>Creates one group of all neurons.</summary>
    public static NeuronGroups Single(int neurons) => new(neurons, neurons);

    /// <summary>Creates one group of the neurons of each section.</summary>
    public NeuronGroups OfSections() => this with { Share = Section };

    /// <summary>Returns the group of a neuron.</summary>
    public int Of(int neuron) => (neuron / Section * CountInSection) + (neuron % Section / Share);

    /// <summary>Returns the section of a group.</summary>
    public int SectionOf(int group) => group / CountInSection;

    /// <summary>Returns the first neuron of a group.</summary>
    public int First(int group) => (SectionOf(group) * Section) + FirstInSection(group);

    /// <summary>Returns the number of neurons of a group.</summary>
    public int Size(int group) => Math.Min(Share, Section - FirstInSection(group));

    private int FirstInSection(int group) => group % CountInSection * Share;
}
