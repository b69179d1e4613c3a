namespace Fpe.Expansion;

/// <summary>
/// The columns of a layer after expansion, part by part, each with the outgoing edges of the layer that it comes from. Each section of the
/// layer, such as a group of a convolution, reads an equal number of them; inputs and columns are counted within a section.
/// </summary>
internal sealed class InputColumns
{
    private readonly (int FirstInput, int FirstColumn, int Places, OutgoingEdges Outgoing)[] parts;
    private readonly int sectionInputs;

    public InputColumns(IReadOnlyList<(InputPart Part, OutgoingEdges Outgoing)> parts, int sections)
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

        (sectionInputs, Count, TotalCopies) = (inputs / sections, Count / sections, TotalCopies / sections);
    }

    /// <summary>Number of columns of a section.</summary>
    public int Count { get; }

    /// <summary>Number of columns that a neuron with all inputs reads.</summary>
    public long TotalCopies { get; }

    /// <summary>Whether groups of neurons read different children.</summary>
    public bool AreDealt => parts.Any(part => part.Outgoing.AreDealt);

    /// <summary>Returns the number of copies of an edge to an input.</summary>
    /// <param name="section">A section of the layer.</param>
    /// <param name="input">An input of the section in the dense parent.</param>
    public int CopiesOf(int section, int input) => parts[PartOf((section * sectionInputs) + input)].Outgoing.Copies;

    /// <summary>Returns the column of one of the children that a group reads.</summary>
    /// <param name="section">The section of the group.</param>
    /// <param name="input">An input of the section in the dense parent.</param>
    /// <param name="copy">Which child, from 0 to <see cref="CopiesOf"/> − 1.</param>
    /// <param name="readerGroup">The group.</param>
    public int ColumnOf(int section, int input, int copy, int readerGroup)
    {
        input += section * sectionInputs;
        (int firstInput, int firstColumn, int places, OutgoingEdges outgoing) = parts[PartOf(input)];
        (int unit, int place) = Math.DivRem(input - firstInput, places);
        return firstColumn + (outgoing.ColumnOf(unit, copy, readerGroup) * places) + place - (section * Count);
    }

    private int PartOf(int input)
    {
        int part = parts.Length - 1;
        while (parts[part].FirstInput > input)
            part--;
        return part;
    }
}
