using Fpe.Numerics;

namespace Fpe.Expansion;

/// <summary>The inputs of the dense parent that each child reads, for each group of neurons whose children read the same inputs.</summary>
internal sealed class ChildInputs
{
    private readonly int[][][] inputsOf;

    private ChildInputs(int children, NeuronGroups groups, int[][][] inputsOf)
    {
        Children = children;
        Groups = groups;
        this.inputsOf = inputsOf;
    }

    /// <summary>Children per neuron.</summary>
    public int Children { get; }

    /// <summary>The groups of neurons whose children read the same inputs.</summary>
    public NeuronGroups Groups { get; }

    /// <summary>Returns the inputs of each child of a group, in any order.</summary>
    public int[][] Of(int group) => inputsOf[group];

    /// <summary>Creates a single child per neuron that reads all inputs.</summary>
    public static ChildInputs OfOneChild(NeuronGroups groups, int inputs)
    {
        int[][] all = [[.. Enumerable.Range(0, inputs)]];
        return new ChildInputs(1, groups, [.. Enumerable.Repeat(all, groups.Count)]);
    }

    /// <summary>Draws a partition of the inputs for each group in turn: exactly one child reads each input.</summary>
    public static ChildInputs Partition(ISplitStrategy strategy, int children, NeuronGroups groups, int inputs, RandomStream random)
    {
        var childOf = new int[inputs];
        var inputsOf = new int[groups.Count][][];
        for (int group = 0; group < groups.Count; group++)
        {
            strategy.Draw(childOf, children, random);
            inputsOf[group] = ByChild(childOf, children);
        }

        return new ChildInputs(children, groups, inputsOf);
    }

    /// <summary>
    /// Draws the same number of inputs for each child, independently of the other children, uniformly and without repetition.
    /// </summary>
    public ChildInputs Redraw(int inputs, RandomStream random) =>
        new(Children, Groups, Array.ConvertAll(inputsOf, group => Array.ConvertAll(group, own => random.Permutation(inputs)[..own.Length])));

    private static int[][] ByChild(int[] childOf, int children)
    {
        var sizes = new int[children];
        foreach (int child in childOf)
            sizes[child]++;

        int[][] inputsOf = Array.ConvertAll(sizes, size => new int[size]);
        Array.Clear(sizes);
        for (int input = 0; input < childOf.Length; input++)
            inputsOf[childOf[input]][sizes[childOf[input]]++] = input;
        return inputsOf;
    }
}
