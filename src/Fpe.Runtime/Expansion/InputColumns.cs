namespace Fpe.Expansion;

/// <summary>The columns of a layer after expansion, part by part, each with the outgoing edges of the layer that it comes from.</summary>
internal sealed class InputColumns
{
    private readonly (int FirstInput, int FirstColumn, int Places, OutgoingEdges Outgoing)[] parts;

    public InputColumns(IReadOnlyList<(InputPart Part, OutgoingEdges Outgoing)> parts)
    {
        this.parts = new (int, int, int, OutgoingEdges)[parts.Count];
        int inputs = 0;
        for (int p = 0; p < parts.Count; p++)
        {
            (InputPart part, OutgoingEdges outgoing) = parts[p];
            this.parts[p] = (inputs, Count, part.Places, outgoing);
            inputs += part.Count;
            Count = checked(Count + (outgoing.ChildCount * part.Places));
            TotalCopies += (long)part.Count * outgoing.Copies;
        }
    }

    /// <summary>Number of columns of the layer.</summary>
    public int Count { get; }

    /// <summary>Number of columns that a neuron with all inputs reads.</summary>
    public long TotalCopies { get; }

    /// <summary>Whether groups of neurons read different children.</summary>
    public bool AreDealt => parts.Any(part => part.Outgoing.AreDealt);

    /// <summary>Returns the number of copies of an edge to an input.</summary>
    public int CopiesOf(int input) => parts[PartOf(input)].Outgoing.Copies;

    /// <summary>Returns the column of one of the children that a group reads.</summary>
    /// <param name="input">An input of the dense parent.</param>
    /// <param name="copy">Which child, from 0 to <see cref="CopiesOf"/> − 1.</param>
    /// <param name="readerGroup">The group.</param>
    public int ColumnOf(int input, int copy, int readerGroup)
    {
        (int firstInput, int firstColumn, int places, OutgoingEdges outgoing) = parts[PartOf(input)];
        (int unit, int place) = Math.DivRem(input - firstInput, places);
        return firstColumn + (outgoing.ColumnOf(unit, copy, readerGroup) * places) + place;
    }

    private int PartOf(int input)
    {
        int part = parts.Length - 1;
        while (parts[part].FirstInput > input)
            part--;
        return part;
    }
}
