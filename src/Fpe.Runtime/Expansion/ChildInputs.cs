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

    /// <summary>Inputs that a method has chosen.</summary>
    /// <param name="method">The method, for messages.</param>
    /// <param name="parent">The layer.</param>
    /// <param name="inputsOf">The inputs of each child of each group.</param>
    /// <exception cref="ExpansionException">There are not as many groups, children or inputs as planned, or an input is none of the layer or is there twice.</exception>
    public static ChildInputs Of(string method, ParentLayer parent, int[][][] inputsOf)
    {
        (int children, NeuronGroups groups) = (parent.Expansion.Factor, parent.Groups);
        var readBy = new int[parent.Inputs];
        int child = 0;
        if (inputsOf.Length != groups.Count)
            throw Broken($"inputs for {inputsOf.Length} groups of neurons instead of {groups.Count}");
        for (int group = 0; group < inputsOf.Length; group++)
        {
            if (inputsOf[group].Length != children)
                throw Broken($"{inputsOf[group].Length} children in group {group} instead of {children}");
            if (inputsOf[group].Sum(inputs => inputs.Length) is var count && count != parent.Inputs)
                throw Broken($"{count} inputs in group {group} instead of {parent.Inputs}");
            foreach (int[] inputs in inputsOf[group])
                RequireInputs(group, inputs);
        }

        return new ChildInputs(children, groups, inputsOf);

        void RequireInputs(int group, int[] inputs)
        {
            child++;
            foreach (int input in inputs)
            {
                if ((uint)input >= (uint)readBy.Length)
                    throw Broken($"input {input} in group {group}, but it has inputs 0 to {readBy.Length - 1}");
                if (readBy[input] == child)
                    throw Broken($"input {input} twice to a child in group {group}");
                readBy[input] = child;
            }
        }

        ExpansionException Broken(string what) => new($"{method} gives {parent.Name} {what}.");
    }

    /// <summary>Draws a partition of the inputs for each group in turn: exactly one child reads each input.</summary>
    /// <param name="strategyOf">Returns the strategy of a section of the layer.</param>
    /// <param name="children">Children per neuron.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="inputs">Inputs of a neuron.</param>
    /// <param name="random">Random numbers.</param>
    public static int[][][] Partition(Func<int, ISplitStrategy> strategyOf, int children, NeuronGroups groups, int inputs, RandomStream random)
    {
        var childOf = new int[inputs];
        var inputsOf = new int[groups.Count][][];
        for (int group = 0; group < groups.Count; group++)
        {
            strategyOf(groups.SectionOf(group)).Draw(childOf, children, random);
            inputsOf[group] = ByChild(childOf, children);
        }

        return inputsOf;
    }

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
