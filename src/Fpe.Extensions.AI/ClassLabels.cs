using Fpe.Data;

namespace Fpe.Extensions.AI;

/// <summary>The numbers of classes by their names.</summary>
internal sealed class ClassLabels
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    /// <param name="names">The names in the order of the outputs; unique.</param>
    public ClassLabels(IReadOnlyList<string> names)
    {
        Names = names;
        foreach (string name in names)
            numbers.Add(name, numbers.Count);
    }

    /// <summary>The names in the order of the outputs.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Returns the classes of labels: those given, or those that occur, in ordinal order.</summary>
    /// <exception cref="DatasetException">A name is empty or occurs twice, or a label is empty.</exception>
    public static ClassLabels Of(string name, IReadOnlyList<string> labels, IReadOnlyList<string>? given)
    {
        RequireLabels(name, labels);
        if (given is null)
            return new ClassLabels([.. labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
        RequireNames(name, given);
        return new ClassLabels(given);
    }

    /// <summary>Returns these classes and those of labels that are not among them, in ordinal order or that of the given names.</summary>
    /// <inheritdoc cref="Of" path="/exception"/>
    public ClassLabels With(string name, IReadOnlyList<string> labels, IReadOnlyList<string>? given)
    {
        RequireLabels(name, labels);
        if (given is null)
            return new ClassLabels([.. Names, .. labels.Where(label => !numbers.ContainsKey(label)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
        RequireNames(name, given);
        return given.Take(Names.Count).SequenceEqual(Names)
            ? new ClassLabels(given)
            : throw new DatasetException(name, $"the class names must begin with the {Names.Count} that the classifier knows, in their order; append new ones.");
    }

    /// <summary>Returns the class of each label.</summary>
    /// <param name="name">The name of the texts, for messages.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="texts">The number of texts.</param>
    /// <param name="fix">What helps against a label of no class.</param>
    /// <exception cref="DatasetException">The numbers of texts and labels differ, or a label is none of the classes.</exception>
    public int[] NumbersOf(string name, IReadOnlyList<string> labels, int texts, string fix)
    {
        if (labels.Count != texts)
            throw new DatasetException(name, $"there are {texts} texts, but {labels.Count} labels; pass one for each.");
        RequireLabels(name, labels);
        var classes = new int[labels.Count];
        for (int i = 0; i < classes.Length; i++)
        {
            if (!numbers.TryGetValue(labels[i], out classes[i]))
                throw new DatasetException(name, $"the label of text {i} is '{labels[i]}', which is none of the {Names.Count} classes; correct it, or {fix}.");
        }

        return classes;
    }

    private static void RequireLabels(string name, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        for (int i = 0; i < labels.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(labels[i]))
                throw new DatasetException(name, $"the label of text {i} is empty; name its class, or leave the text out.");
        }
    }

    private static void RequireNames(string name, IReadOnlyList<string> given)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int c = 0; c < given.Count; c++)
        {
            if (string.IsNullOrWhiteSpace(given[c]))
                throw new DatasetException(name, $"the name of class {c} is empty; give it one.");
            if (!seen.Add(given[c]))
                throw new DatasetException(name, $"two classes are named '{given[c]}'; give each its own name.");
        }
    }
}
