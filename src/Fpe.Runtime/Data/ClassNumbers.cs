using Fpe.Data.Files;

namespace Fpe.Data;

/// <summary>The numbers of classes by their names.</summary>
internal sealed class ClassNumbers
{
    private readonly string name;
    private readonly bool areGiven;
    private readonly List<string> names;
    private readonly Dictionary<string, int> numbers;

    /// <param name="name">The name of the file, for messages.</param>
    /// <param name="given">The names in the order of their numbers; null if they are numbered as they come.</param>
    public ClassNumbers(string name, IReadOnlyList<string>? given)
    {
        this.name = name;
        areGiven = given is not null;
        names = [.. given ?? []];
        numbers = new(StringComparer.Ordinal);
        foreach (string known in names)
            numbers.Add(known, numbers.Count);
    }

    /// <summary>Returns the number of a class; a new one gets the next number, unless the names are given.</summary>
    /// <exception cref="FileMislabelledException">The name is empty, or not one of those given.</exception>
    public int NumberOf(ReadOnlySpan<char> className, FilePlace place)
    {
        if (className.IsEmpty)
            throw new FileMislabelledException(name, place, "the class is empty; write its name.");
        if (numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(className, out int number))
            return number;
        if (areGiven)
            throw new FileMislabelledException(name, place, $"'{Quotation.Of(className)}' is none of the {names.Count} classes; correct it, or add it to the class names.");
        names.Add(className.ToString());
        numbers.Add(names[^1], names.Count - 1);
        return names.Count - 1;
    }

    /// <summary>Returns the names in their final order, which is ordinal unless they are given, and labels by it.</summary>
    public (string[] Names, int[] Labels) InOrder(IReadOnlyList<int> labels)
    {
        if (areGiven)
            return ([.. names], [.. labels]);
        int[] order = [.. Enumerable.Range(0, names.Count).OrderBy(number => names[number], StringComparer.Ordinal)];
        var places = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
            places[order[i]] = i;
        return ([.. order.Select(number => names[number])], [.. labels.Select(label => places[label])]);
    }
}
